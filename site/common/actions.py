"""Actions: the only functions that change the domain. Each knows who acts and why, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R")


BY_LINK, BY_FORM = "(by private link)", "(request form)"
"""What stands behind the name of somebody who acted without an account."""


@dataclass(frozen=True)
class Actor:
    """Who acts: `name` is kept in history as text; `user` is None for a job or the holder of a signed link."""

    name: str
    user: Any = None
    is_job: bool = False

    @classmethod
    def of(cls, by: Actor | AbstractBaseUser) -> Actor:
        return by if isinstance(by, Actor) else cls(name=str(by), user=by)

    @classmethod
    def job(cls, name: str) -> Actor:
        return cls(name=f"job: {name}", is_job=True)

    @classmethod
    def link_holder(cls, name: str) -> Actor:
        """The holder of a signed link, by the name the link was made for."""
        return cls(name=f"{name} {BY_LINK}")

    @classmethod
    def form_sender(cls, name: str) -> Actor:
        """Somebody without an account, by the name they gave in a form."""
        return cls(name=f"{name} {BY_FORM}")


class Refusal(Exception):
    """An action that may not happen as things stand; the message is a sentence for the person. Nothing was changed."""


class IllegalMove(Refusal):
    """The table of moves does not list this one."""


class ReasonMissing(Refusal):
    """The move needs a reason."""


By = Any
"""The type of every action's `by`: a User or an Actor."""


@dataclass(frozen=True)
class Cause:
    actor: Actor
    reason: str = ""


@dataclass(frozen=True)
class RequestCause:
    """The signed-in person of a request, read only when something is recorded: reading it opens the session."""

    request: HttpRequest
    reason: str = ""

    @property
    def actor(self) -> Actor:
        user = getattr(self.request, "user", None)
        return Actor.of(user) if user is not None and user.is_authenticated else Actor(name="visitor")


_cause: ContextVar[Cause | RequestCause | None] = ContextVar("cause", default=None)


def current_actor() -> Actor | None:
    cause = _cause.get()
    return cause.actor if cause else None


def current_actor_name() -> str:
    actor = current_actor()
    return actor.name if actor else ""


def current_reason() -> str:
    cause = _cause.get()
    return cause.reason if cause else ""


@contextmanager
def acting(*, by: By, reason: str = "") -> Iterator[None]:
    """Name who acts and why for everything recorded inside the block."""
    token = _cause.set(Cause(Actor.of(by), reason))
    try:
        yield
    finally:
        _cause.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """
    Make a keyword-only function one whole, attributed change.

    The function takes `by` (a User or an Actor) and, where the change needs one, `reason`.
    Everything it writes is one transaction, and every history row carries that actor and reason.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), acting(by=kwargs["by"], reason=str(kwargs.get("reason", ""))):
            return function(*args, **kwargs)

    return run


class ActorMiddleware:
    """Attribute what is written outside actions (Wagtail's own edit forms) to the signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _cause.set(RequestCause(request))
        try:
            return self.get_response(request)
        finally:
            _cause.reset(token)

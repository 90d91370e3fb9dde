"""Access rules: every own view says who may open it, and a system check refuses one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver


@dataclass(frozen=True)
class Access:
    """
    Who may open a view. `allows` sees the request only; whose objects a person sees is the view's queryset.

    An anonymous visitor who is not allowed is sent to sign in, anybody else gets 403.
    """

    name: str
    allows: Callable[[HttpRequest], bool]


PUBLIC = Access("anyone", lambda request: True)
SIGNED_LINK = Access("whoever holds the link; the view opens it", lambda request: True)
SIGNED_IN = Access("anyone signed in", lambda request: request.user.is_authenticated)

View = Callable[..., HttpResponseBase]


def access(rule: Access) -> Callable[[View], View]:
    """Guard a function view with a rule, and declare it."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return check_access(rule, request) or kept_private(rule, view(request, *args, **kwargs))

        guarded.access = rule  # type: ignore[attr-defined]  # read by the system check and the matrix test
        return guarded

    return guard


def check_access(rule: Access, request: HttpRequest) -> HttpResponseBase | None:
    """Return the way to the sign-in for an anonymous visitor, raise `PermissionDenied` for others refused, else None."""
    if rule.allows(request):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


def kept_private(rule: Access, response: HttpResponseBase) -> HttpResponseBase:
    """What is not for anyone stays in no cache: on a shared computer, Back after signing out shows nothing."""
    if rule is not PUBLIC and not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-store"
    return response


class AccessMixin:
    """Guard a class-based view: `access = RULE` in its body."""

    access: Access

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = check_access(self.access, request)
        return refusal or kept_private(self.access, super().dispatch(request, *args, **kwargs))  # type: ignore[misc]  # View is mixed in


@dataclass(frozen=True)
class Route:
    """One URL pattern: its full name with namespaces, its pattern as text and its view."""

    name: str
    pattern: str
    view: Any

    @property
    def view_class(self) -> Any:
        return getattr(self.view, "view_class", None)

    @property
    def module(self) -> str:
        return (self.view_class or self.view).__module__

    @property
    def access(self) -> Access | None:
        return getattr(self.view_class or self.view, "access", None)


def routes(resolver: URLResolver, *, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Route]:
    """Walk every pattern below a resolver."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from routes(entry, prefix=pattern, namespaces=inner)
        elif isinstance(entry, URLPattern):
            yield Route(":".join((*namespaces, entry.name or "")), pattern, entry.callback)

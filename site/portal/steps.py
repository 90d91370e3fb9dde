"""
Steps: what people do on a case of a plugin, one page each. A step names its form, who may take it and when; its action does the work.

Adding one is adding a row to a plugin's list: address, button, page, double posts and refusals come with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from alliance.access import person_of
from alliance.models import User
from cases.forms import OnceForm
from cases.models import Case
from common.form_flow import FormRefused, act_once, renew_hidden
from portal.reauthentication import ask_to_sign_in_again
from website.forms import make_plain


class StepForm(OnceForm):
    """The form of a step. It knows its subject (a plugin's record of the case) and, for a step on one thing of it, that thing."""

    def __init__(self, *args: Any, subject: Any, target: Any = None, **kwargs: Any) -> None:
        self.subject, self.target = subject, target
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Doing:
    """What the action of a step gets: who does it, when, on what, with which cleaned data."""

    subject: Any
    target: Any
    data: dict[str, Any]
    user: User
    at: datetime


Belongs = Callable[[User, Any, Any, date], bool]


@dataclass(frozen=True)
class Step:
    """
    One thing to do. `who(user, subject, target, on)` opens it; `ready(subject, target)` offers it.

    `targets(subject)` are the things it may be done to, for a step that is about one of several; the address then has its key.
    `act(doing)` calls the action. `initial(subject, target)` fills the form, `context(subject, target)` adds to the page, unless what it
    adds is `kept_from(user, subject)`. A plugin's subclass names the `namespace` of its URLs, which has `step` and `step_on`; it says in
    `shows_only_what_is_offered` that nothing is read for the page of a step that cannot be taken as things stand.
    """

    slug: str
    tab: str
    label: Any
    done: Any
    act: Callable[[Any], object]
    who: Belongs
    form: type[StepForm] = StepForm
    explanation: Any = ""
    button: Any = ""
    ready: Callable[[Any, Any], bool] = lambda subject, target: True
    targets: Callable[[Any], QuerySet[Any]] | None = None
    initial: Callable[[Any, Any], dict[str, Any]] = lambda subject, target: {}
    context: Callable[[Any, Any], dict[str, Any]] = lambda subject, target: {}
    kept_from: Callable[[User, Any], bool] = lambda user, subject: False
    template: str = "portal/step.html"
    is_danger: bool = False
    needs_fresh_sign_in: bool = False

    namespace: ClassVar[str]
    shows_only_what_is_offered: ClassVar[bool] = False
    doing: ClassVar[type[Doing]] = Doing

    def opens_to(self, user: User, subject: Any, target: Any, on: date) -> bool:
        """Whether somebody may take it, whose account is in use."""
        return user.is_active and self.who(user, subject, target, on)

    def context_for(self, user: User, subject: Any, target: Any) -> dict[str, Any]:
        """What the page shows besides the form."""
        return {"is_kept": True} if self.kept_from(user, subject) else self.context(subject, target)

    def is_offered(self, subject: Any, target: Any = None) -> bool:
        """Whether it can be taken as things stand; the action decides again."""
        return self.ready(subject, target)


@dataclass(frozen=True)
class Offer:
    """A step that is open to the reader now, with its target."""

    step: Step
    target: Any = None

    @property
    def slug(self) -> str:
        return self.step.slug

    @property
    def url_name(self) -> str:
        return f"{self.step.namespace}:step_on" if self.target else f"{self.step.namespace}:step"


def offers_of(steps: Iterable[Step], user: User, subject: Any, on: date, *, tab: str = "") -> list[Offer]:
    """The steps that are open to somebody now, in the order of the list; of one tab, if it is named. Targets are read once."""
    read: dict[Any, list[Any]] = {None: [None]}
    offers = []
    for step in steps:
        if tab and step.tab != tab:
            continue
        if step.targets not in read:
            read[step.targets] = list(step.targets(subject)) if step.targets else []
        offers += [
            Offer(step, target)
            for target in read[step.targets]
            if step.is_offered(subject, target) and step.opens_to(user, subject, target, on)
        ]
    return offers


def step_page(
    request: HttpRequest,
    found: Step | None,
    *,
    case: Case,
    subject: Any,
    target: int | None,
    go_back: Callable[[Step], HttpResponseBase],
    **context: Any,
) -> HttpResponseBase:
    """Show a step, or take it and `go_back`. Who may not take it gets 403; a target of another subject is 404."""
    user = person_of(request)
    if found is None or (target is None) != (found.targets is None):
        raise Http404
    thing = get_object_or_404(found.targets(subject), pk=target) if found.targets else None
    if not found.opens_to(user, subject, thing, timezone.localdate()):
        raise PermissionDenied
    if found.needs_fresh_sign_in and (again := ask_to_sign_in_again(request)):
        return again
    is_offered = found.is_offered(subject, thing)
    reads = is_offered or not found.shows_only_what_is_offered
    if request.method == "POST":
        form = found.form(request.POST, request.FILES, subject=subject, target=thing)

        def act() -> None:
            found.act(found.doing(subject, thing, form.cleaned_data, user, timezone.now()))

        try:
            act_once(request, form, act, done=str(found.done))
        except FormRefused:
            if reads:
                renew_hidden(form, found.initial(subject, thing))
        else:
            return go_back(found)
    else:
        form = found.form(initial=found.initial(subject, thing) if reads else {}, subject=subject, target=thing)
    make_plain(form)
    shown = {
        "case": case,
        "step": found,
        "target": thing,
        "form": form,
        "is_offered": is_offered,
        "reads": reads,
        **context,
        **(found.context_for(user, subject, thing) if reads else {}),
    }
    return render(request, found.template, shown)

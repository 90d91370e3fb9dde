"""What several actions do with an end of the support that is proposed. All of it is part of an action that holds the project (D4)."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.models import User
from cases.events import N_
from common.actions import Actor, By, Refusal
from s2s_workflow.amendment_guards import no_amendment_is_open
from s2s_workflow.arrangements import fingerprint_of_exit
from s2s_workflow.enums import Stage
from s2s_workflow.guards import no_visit_after_the_end
from s2s_workflow.models import SupportProject
from s2s_workflow.money import unspent_of
from s2s_workflow.policies import NotNow, NotReady, check_stage_is
from s2s_workflow.telling import NEWS, people_with_power, staff_of, tell

PROPOSED = N_("An end of the support was proposed.")
REFUSED = N_("The school does not agree to the end of the support.")
"""The events that say who proposed an end, and that there is a dispute about it."""


class ExitChanged(Refusal):
    """The proposed end is not any more what was shown."""


class OwnProposal(Refusal):
    """Nobody agrees, for the other side, to an end that they proposed."""


def set_exit(project: SupportProject, *, exit_on: date | None, exit_steps: str, at: datetime) -> None:
    """Set the last day and the steps, and compute the refund. Raises `ValidationError`."""
    errors = {}
    if exit_on is None or exit_on < timezone.localdate(at):
        errors["exit_on"] = _("Give the last day: today or later.")
    if not exit_steps.strip():
        errors["exit_steps"] = _("Say what happens until then.")
    if errors:
        raise ValidationError(errors)
    project.exit_on, project.exit_steps = exit_on, exit_steps
    project.refund_due = unspent_of(project)
    project.full_clean(exclude=["case"])
    project.save()


def drop_exit(project: SupportProject) -> None:
    """Propose no end any more."""
    project.exit_on, project.exit_steps, project.refund_due = None, "", None
    project.save()


def check_end_is_proposed(project: SupportProject) -> None:
    """Raise `NotNow` unless an end waits for the school's answer; one that a mid-term review proposes is answered with the review."""
    check_stage_is(project, Stage.ACTIVE)
    if project.exit_on is None:
        raise NotNow(_("No end of the support is proposed any more."))


def check_end_is_as_shown(project: SupportProject, seen: str) -> None:
    """Raise `ExitChanged` unless the proposed end is the one of the fingerprint, and `NotNow` when none is proposed."""
    check_end_is_proposed(project)
    if seen != fingerprint_of_exit(project):
        raise ExitChanged(_("The end that is proposed was changed since it was shown to you. Open this page again and read it first."))


def is_for_others_to_agree(user: User, project: SupportProject) -> bool:
    """
    Whether the proposed end is this person's own, and the school has refused none: an S2S lead decides a dispute, and there is none (D4).
    """
    said = list(project.case.events.filter(sentence__in=(PROPOSED, REFUSED)).order_by("pk").values_list("sentence", "actor"))
    return bool(said) and said[-1] == (PROPOSED, user.pk) and REFUSED not in dict(said)


def check_user_agrees_for_others(by: By, project: SupportProject) -> None:
    """Raise `OwnProposal` for whoever proposed the end, unless there is a dispute about it."""
    user = Actor.of(by).user
    if user is not None and is_for_others_to_agree(user, project):
        raise OwnProposal(_("You proposed this end, so the head of the school answers first."))


def last_day_is_past(project: SupportProject, on: date) -> str | None:
    """Nobody agrees to an end that was: what was given since would lie after it."""
    return _("The proposed last day is past: propose another.") if project.exit_on and project.exit_on < on else None


def check_last_day_is_not_past(project: SupportProject, on: date) -> None:
    """Raise `NotReady` when it is."""
    if sentence := last_day_is_past(project, on):
        raise NotReady(sentence)


def comes_first(project: SupportProject, on: date) -> str:
    """All that keeps the proposed end from being agreed to, in words; empty when nothing does."""
    found = (last_day_is_past(project, on), no_visit_after_the_end(project), no_amendment_is_open(project))
    return " ".join(sentence for sentence in found if sentence)


def tell_both_sides(project: SupportProject, sentence: str, *, by: By, at: datetime) -> None:
    """The head, the named lead and the staff of the case, without who acts."""
    lead = project.named_lead()
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    people = [*heads, *([lead.leader.user] if lead else []), *staff_of(project)]
    tell(project, [person for person in people if person != Actor.of(by).user], sentence, at=at, kind=NEWS)

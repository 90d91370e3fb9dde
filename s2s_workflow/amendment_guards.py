"""The guards of amendments: when one may be frozen, and what keeps the work from ending while one is open (D4)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from common.in_words import day_in_words
from s2s_workflow import guards
from s2s_workflow.models import SupportProject
from s2s_workflow.money import costs_less_than_given, quote_of
from s2s_workflow.terms import parts_of, parts_to_price, plan_is_changed, used_by


def no_amendment_is_open(project: SupportProject) -> str | None:
    """What was begun is signed by all or dropped before the work ends: both sides know what holds."""
    return _("An amendment of the agreement is open: it is signed by all, or dropped, first.") if project.amending_at else None


def something_is_changed(project: SupportProject) -> str | None:
    """The plan, or days and people against the costs in force."""
    quote = quote_of(project)
    agreed = {line.leader_id: line.half_days for line in quote.lines.all()} if quote else {}
    parts = parts_to_price(project)
    days = {part.deployment.leader_id: part.half_days for part in parts} != agreed
    if days or plan_is_changed(project) or any(part.deployment.next_ends_on for part in parts):
        return None
    return _("Nothing is changed yet: change the action plan, the team or its days.")


def days_cover_the_visits(project: SupportProject) -> str | None:
    """Visits go on being planned as agreed while fewer days, or an earlier end, are drawn up."""
    missing = []
    for part in parts_of(project):
        used, last = used_by(part.deployment)
        if used > part.half_days:
            text = _("%(used)d half days are planned or were given by %(leader)s, and the amendment has %(agreed)d.")
            missing.append(text % {"used": used, "leader": part.deployment.leader, "agreed": part.half_days})
        if last and last > part.ends_on:
            text = _("For %(leader)s a visit is planned after %(day)s, their last day in the amendment.")
            missing.append(text % {"leader": part.deployment.leader, "day": day_in_words(part.ends_on)})
    return " ".join(missing) or None


def costs_cover_what_was_given(project: SupportProject) -> str | None:
    """A rate that was corrected meanwhile does not make cheaper what is charged already."""
    less = [str(deployment.leader) for deployment in costs_less_than_given(project)]
    return _("These cost less in the amendment than what they gave: %(leaders)s.") % {"leaders": ", ".join(less)} if less else None


BEFORE_FREEZING = (
    something_is_changed,
    days_cover_the_visits,
    guards.plan_is_agreed,
    guards.designations_are_live,
    guards.leaders_are_released,
    guards.deployments_are_approved,
    guards.every_day_is_priced,
    guards.something_is_paid,
    costs_cover_what_was_given,
)


def missing_in_amendment(project: SupportProject) -> list[str]:
    """What has to be done before the amendment is put up for signature, in words."""
    return [sentence for guard in BEFORE_FREEZING if (sentence := guard(project))]

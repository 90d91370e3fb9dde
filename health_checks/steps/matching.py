"""What staff do until a booking is quoted: find leaders, send the quote, take it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from alliance.roles import Role, has_role
from finance.pricing import NoRateInForce, price_lines, total_of
from health_checks.actions.answer_about_support import answer_about_support
from health_checks.actions.begin_matching import begin_matching
from health_checks.actions.propose_leader import propose_leader
from health_checks.actions.send_quote import assignments_to_quote, send_quote
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.actions.take_quote_back import take_quote_back
from health_checks.actions.waive_fee import waive_fee
from health_checks.actions.withdraw_leader import withdraw_leader
from health_checks.enums import COMING, WANTED, SeriesState
from health_checks.forms.changes import AnswerForm, LeaderForm, ReasonForm, SubstituteForm
from health_checks.models import Assignment, Day, Series
from health_checks.pricing import buyer_of, lines_of
from health_checks.standing import reader_of
from health_checks.steps.base import Step, assignments_of, days_of, mover
from health_checks.telling import asker_is_verified
from health_checks.transitions import Mover

DAYS = "days"
MATCHED_AT = (SeriesState.REQUESTED, SeriesState.EXPIRED)


def _preview(series: Series, target: Any) -> dict[str, Any]:
    """What the quote will say: the same lines, priced the same way, and nothing stored."""
    assignments = assignments_to_quote(series)
    try:
        lines = price_lines(
            lines_of(series, assignments), on=assignments[0].day.date if assignments else timezone.localdate(),
            buyer=buyer_of(series.case.supported_school),
        )  # fmt: skip
    except NoRateInForce as missing:
        return {"refusal": str(missing)}
    return {"lines": lines, "total": total_of(lines), "shown": series.shown}


def _is_lead(user: User, series: Series, target: Any, on: date) -> bool:
    return has_role(user, Role.S2S_LEAD) and reader_of(user, series, on).is_staff


def can_be_matched(series: Series) -> bool:
    """Whether leaders are looked for next: not before whoever asked is verified."""
    return series.state in MATCHED_AT and asker_is_verified(series, timezone.localdate())


STEPS = [
    Step(
        slug="find-leaders",
        tab=DAYS,
        label=_("Find leaders"),
        explanation=_("From here on leaders can be held for the days."),
        done=_("You can put leaders on the days now."),
        act=lambda doing: begin_matching(series=doing.subject, by=doing.user, at=doing.at),
        who=mover(Mover.STAFF),
        ready=lambda series, target: can_be_matched(series),
    ),
    Step(
        slug="send-quote",
        tab=DAYS,
        label=_("Send the quote"),
        explanation=_("The school can accept it until it expires; so long the leaders are held. A price that the school saw is kept."),
        done=_("The quote was sent to the school."),
        act=lambda doing: send_quote(series=doing.subject, by=doing.user, at=doing.at),
        who=mover(Mover.STAFF),
        ready=lambda series, target: series.state == SeriesState.MATCHING and all_have_leaders(series),
        context=_preview,
        template="health_checks/steps/quote.html",
    ),
    Step(
        slug="take-quote-back",
        tab=DAYS,
        label=_("Take the quote back"),
        explanation=_("To change days or leaders. The school is shown the reason, and gets a new quote from you."),
        done=_("The quote was taken back."),
        act=lambda doing: take_quote_back(series=doing.subject, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=mover(Mover.STAFF),
        form=ReasonForm,
        ready=lambda series, target: series.state == SeriesState.QUOTED,
        is_danger=True,
    ),
    Step(
        slug="put-leader-on",
        tab=DAYS,
        label=_("Put a leader on this day"),
        button=_("Hold this leader"),
        done=_("The leader is held for this day."),
        act=lambda doing: propose_leader(
            day=doing.target, leader=doing.data["leader"], designation=doing.data["designation"], by=doing.user, at=doing.at
        ),
        who=mover(Mover.STAFF),
        form=LeaderForm,
        targets=days_of,
        ready=lambda series, day: series.state == SeriesState.MATCHING and day.state in WANTED,
        template="health_checks/steps/leader.html",
    ),
    Step(
        slug="take-leader-off",
        tab=DAYS,
        label=_("Take this leader off"),
        done=_("The leader is free again."),
        act=lambda doing: withdraw_leader(assignment=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=mover(Mover.STAFF),
        form=ReasonForm,
        targets=assignments_of,
        ready=lambda series, one: series.state == SeriesState.MATCHING and one.day.state in WANTED,
        template="health_checks/steps/on_assignment.html",
        is_danger=True,
    ),
    Step(
        slug="send-another-leader",
        tab=DAYS,
        label=_("Send another leader"),
        explanation=_("The price never goes up for the school. Both sides agree to the brief again."),
        done=_("The other leader is on this day now. Everybody was told."),
        act=lambda doing: substitute_leader(
            assignment=doing.target,
            leader=doing.data["leader"],
            designation=doing.data["designation"],
            by=doing.user,
            at=doing.at,
            reason=doing.data["reason"],
        ),
        who=mover(Mover.STAFF),
        form=SubstituteForm,
        targets=assignments_of,
        ready=lambda series, one: one.day.state in COMING,
        template="health_checks/steps/leader.html",
    ),
    Step(
        slug="waive-fee",
        tab=DAYS,
        label=_("Waive the fee"),
        explanation=_("A draft of its invoice is thrown away. An invoice that was issued is credited by finance."),
        done=_("The fee was waived."),
        act=lambda doing: waive_fee(day=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=_is_lead,
        form=ReasonForm,
        targets=days_of,
        ready=lambda series, day: bool(day.fee_due),
        template="health_checks/steps/on_day.html",
    ),
    Step(
        slug="answer-about-support",
        tab=DAYS,
        label=_("Answer about more support"),
        explanation=_("Ring the school first. A project of support begins with its request; here you say what was agreed."),
        done=_("The school was told."),
        act=lambda doing: answer_about_support(series=doing.subject, answer=doing.data["answer"], by=doing.user, at=doing.at),
        who=mover(Mover.STAFF),
        form=AnswerForm,
        ready=lambda series, target: series.supports_asked_at is not None and series.supports_answered_at is None,
    ),
]


def all_have_leaders(series: Series) -> bool:
    """Every day that is wanted has somebody held for it."""
    wanted = Day.objects.filter(series=series, state__in=WANTED)
    held = Assignment.objects.standing().filter(day__series=series).values("day")
    return wanted.exists() and not wanted.exclude(pk__in=held).exists()

"""What happens to booked days: moved, cancelled, not held, made up for. Each reader has the page in their own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from finance.cancellation import bands_in_words
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.decline_another_date import decline_another_date
from health_checks.actions.record_no_show import record_no_show
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.enums import BOOKED, COMING, Cause
from health_checks.fees import fee_for_day, policy_of
from health_checks.forms.changes import CancelForm, ReasonForm, StaffCancelForm
from health_checks.forms.dates import FreeDateForm, MoveForm, OfferForm, StaffMoveForm
from health_checks.models import Day, Series
from health_checks.standing import Reader, reader_of
from health_checks.steps.base import Step, days_of, mover
from health_checks.transitions import Mover
from portal.steps import StepForm

DAYS = "days"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Audience:
    """Who reads the page of a change: `suffix` tells its address apart, `form` is what they fill in, `explanation` what they are told."""

    suffix: str
    is_reader: Callable[[Reader, Day], bool]
    form: type[StepForm]
    explanation: Any = ""
    sees_money: bool = True

    def has(self, user: User, series: Series, day: Day, on: date) -> bool:
        return self.is_reader(reader_of(user, series, on), day)

    def context(self, series: Series, day: Day) -> dict[str, Any]:
        return _fee(series, day) if self.sees_money else {"day": day}


def _books(reader: Reader, day: Day) -> bool:
    """Whoever books for the school; leaders are shown no price, staff are asked whose doing it is."""
    return reader.books and not reader.leads(day) and not reader.is_staff


def _leads(reader: Reader, day: Day) -> bool:
    return reader.comes(day) and not reader.is_staff


def _is_staff(reader: Reader, day: Day) -> bool:
    return reader.is_staff


SAME_LEADERS = _("The same leaders come, at the same price. Moving costs nothing; both sides agree to the brief again.")
MOVING = (
    Audience("", _books, MoveForm, SAME_LEADERS),
    Audience(
        "-as-leader", _leads, MoveForm, _("You come on the new date. The school is told, and both sides agree to the brief again."), False
    ),
    Audience("-for", _is_staff, StaffMoveForm, SAME_LEADERS),
)
CANCELLING = (Audience("", _books, CancelForm), Audience("-for", _is_staff, StaffCancelForm))
CHOOSING = Audience(
    "", _books, FreeDateForm, _("The day was not held, and not because of your school. Another date costs nothing more."), False
)
OFFERING = Audience(
    "-for", _is_staff, OfferForm, _("The school is owed this date: agree on it first. Nothing is charged but the price of the day."), False
)


def _coming(series: Series, day: Day) -> bool:
    return day.state in COMING


def _is_over_or_today(series: Series, day: Day) -> bool:
    return day.state in COMING and day.date <= timezone.localdate()


def _is_owed(series: Series, day: Day) -> bool:
    return series.state in BOOKED and day.is_owed_another_date


def _fee(series: Series, day: Day) -> dict[str, Any]:
    policy = policy_of(day)
    fee = fee_for_day(day, caused_by=Cause.SCHOOL, on=timezone.localdate())
    return {"day": day, "fee": fee, "policy": bands_in_words(policy) if policy else []}


def _move(doing: Any) -> object:
    """What a form does not ask is the school's doing, with its leaders."""
    return reschedule_day(
        day=doing.target,
        to=doing.data["date"],
        by=doing.user,
        at=doing.at,
        reason=doing.data.get("reason") or gettext("Another date for a day that was not held."),
        caused_by=Cause(doing.data.get("caused_by", Cause.SCHOOL)),
        without_leaders=doing.data.get("without_leaders", False),
    )


def _cancel(doing: Any) -> object:
    cause = Cause(doing.data.get("caused_by", Cause.SCHOOL))
    shown = doing.data["fee"] if cause == Cause.SCHOOL else NOTHING
    return cancel_day(day=doing.target, caused_by=cause, fee_shown=shown, by=doing.user, at=doing.at, reason=doing.data["reason"])


def _no_show(absent: Cause) -> Any:
    return lambda doing: record_no_show(day=doing.target, absent=absent, by=doing.user, at=doing.at, reason=doing.data["reason"])


def moving(audience: Audience) -> Step:
    return Step(
        slug=f"move-day{audience.suffix}",
        tab=DAYS,
        label=_("Move this day"),
        button=_("Move the day"),
        explanation=audience.explanation,
        done=_("The day was moved. Everybody was told, and the calendars follow."),
        act=_move,
        who=audience.has,
        form=audience.form,
        targets=days_of,
        ready=_coming,
        context=audience.context,
        template="health_checks/steps/date.html",
    )


def cancelling(audience: Audience) -> Step:
    return Step(
        slug=f"cancel-day{audience.suffix}",
        tab=DAYS,
        label=_("Cancel this day"),
        button=_("Cancel the day"),
        done=_("The day was cancelled."),
        act=_cancel,
        who=audience.has,
        form=audience.form,
        targets=days_of,
        ready=_coming,
        initial=lambda series, day: {"fee": fee_for_day(day, caused_by=Cause.SCHOOL, on=timezone.localdate()).amount},
        context=audience.context,
        template="health_checks/steps/cancel.html",
        is_danger=True,
    )


def another_date(audience: Audience, label: Any) -> Step:
    return Step(
        slug=f"another-date{audience.suffix}",
        tab=DAYS,
        label=label,
        button=_("Book this date"),
        explanation=audience.explanation,
        done=_("The other date is booked. Everybody was told, and the calendars follow."),
        act=_move,
        who=audience.has,
        form=audience.form,
        targets=days_of,
        ready=_is_owed,
        context=audience.context,
        template="health_checks/steps/date.html",
    )


STEPS = [
    another_date(CHOOSING, _("Choose another date")),
    another_date(OFFERING, _("Offer another date")),
    Step(
        slug="no-other-day",
        tab=DAYS,
        label=_("No other day is wanted"),
        explanation=_("The booking ends here unless another of its days is still to come. Nothing is charged for the day that was missed."),
        done=_("It was recorded that no other day is wanted."),
        act=lambda doing: decline_another_date(day=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=mover(Mover.SCHOOL_OR_STAFF),
        form=ReasonForm,
        targets=days_of,
        ready=_is_owed,
        template="health_checks/steps/on_day.html",
        is_danger=True,
    ),
    *(moving(audience) for audience in MOVING),
    *(cancelling(audience) for audience in CANCELLING),
    Step(
        slug="school-was-not-there",
        tab=DAYS,
        label=_("The school was not there"),
        explanation=_("The school owes the fee of a day without notice. The lead can waive it."),
        done=_("It was recorded that the school was not there."),
        act=_no_show(Cause.SCHOOL),
        who=mover(Mover.LEADER_OR_STAFF),
        form=ReasonForm,
        targets=days_of,
        ready=_is_over_or_today,
        template="health_checks/steps/on_day.html",
        is_danger=True,
    ),
    Step(
        slug="leader-did-not-come",
        tab=DAYS,
        label=_("The leader did not come"),
        explanation=_("Nothing is charged. The alliance is told, and the school is owed another date."),
        done=_("It was recorded that the leader did not come."),
        act=_no_show(Cause.LEADER),
        who=mover(Mover.SCHOOL_OR_STAFF),
        form=ReasonForm,
        targets=days_of,
        ready=_is_over_or_today,
        template="health_checks/steps/on_day.html",
        is_danger=True,
    ),
]

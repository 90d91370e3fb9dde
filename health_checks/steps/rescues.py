"""What keeps a day from getting stuck: a leader who cannot come, a record that nobody finishes, a head who does not sign."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from health_checks.actions.come_after_all import come_after_all
from health_checks.actions.end_day_early import end_day_early
from health_checks.actions.hand_over_day import hand_over_day
from health_checks.actions.record_not_signed import record_not_signed
from health_checks.actions.say_cannot_come import say_cannot_come
from health_checks.enums import COMING, DayState
from health_checks.forms.changes import ReasonForm
from health_checks.forms.rescues import CannotComeForm, EndDayForm, HandOverForm
from health_checks.models import Assignment, Day, Series
from health_checks.pricing import price_of
from health_checks.signing import handed_over_on, time_to_sign_is_over
from health_checks.standing import reader_of
from health_checks.steps.base import Step, assignments_of, days_of, mover
from health_checks.transitions import Mover

DAYS = "days"


def _is_that_leader(user: User, series: Series, one: Assignment, on: date) -> bool:
    return one.leader.user == user


def _is_that_leader_or_staff(user: User, series: Series, one: Assignment, on: date) -> bool:
    return one.leader.user == user or reader_of(user, series, on).is_staff


def _is_unsigned(series: Series, day: Day) -> bool:
    return day.state == DayState.DELIVERED and time_to_sign_is_over(series, day.record, on=timezone.localdate())


STEPS = [
    Step(
        slug="cannot-come",
        tab=DAYS,
        label=_("I cannot come"),
        button=_("Ask for a substitute"),
        explanation=_(
            "The alliance is asked to find somebody else. The school keeps the day, and your time stays booked until somebody is named. "
            "If it is today or tomorrow, ring your S2S lead as well."
        ),
        done=_("The alliance was told, and looks for a substitute."),
        act=lambda doing: say_cannot_come(assignment=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=_is_that_leader,
        form=CannotComeForm,
        targets=assignments_of,
        ready=lambda series, one: one.day.state in COMING and one.cannot_come_at is None,
        template="health_checks/steps/cannot_come.html",
    ),
    Step(
        slug="come-after-all",
        tab=DAYS,
        label=_("Can come after all"),
        explanation=_("No substitute is looked for any more."),
        done=_("The leader comes after all. The alliance was told."),
        act=lambda doing: come_after_all(assignment=doing.target, by=doing.user, at=doing.at),
        who=_is_that_leader_or_staff,
        targets=assignments_of,
        ready=lambda series, one: one.day.state in COMING and one.cannot_come_at is not None,
        template="health_checks/steps/on_assignment.html",
    ),
    Step(
        slug="hand-over-day",
        tab=DAYS,
        label=_("Hand the day over"),
        explanation=_(
            "Somebody else finishes the record from what is written, and signs it. The price stays. The day is paid to the school of the "
            "leader who began it."
        ),
        done=_("The day was handed over. Everybody was told."),
        act=lambda doing: hand_over_day(
            assignment=doing.target, leader=doing.data["leader"], by=doing.user, at=doing.at, reason=doing.data["reason"]
        ),
        who=mover(Mover.STAFF),
        form=HandOverForm,
        targets=assignments_of,
        ready=lambda series, one: one.day.state == DayState.IN_PROGRESS,
        template="health_checks/steps/on_assignment.html",
    ),
    Step(
        slug="end-day",
        tab=DAYS,
        label=_("End this day"),
        button=_("End the day"),
        explanation=_(
            "For a day that began and whose record nobody will sign. The school can read what was written; it stays unsigned. "
            "You decide how much is owed."
        ),
        done=_("The day was ended. The school was told."),
        act=lambda doing: end_day_early(
            day=doing.target,
            percent=doing.data["percent"],
            fee_reason=doing.data["fee_reason"],
            by=doing.user,
            at=doing.at,
            reason=doing.data["reason"],
        ),
        who=mover(Mover.STAFF),
        form=EndDayForm,
        targets=days_of,
        ready=lambda series, day: day.state == DayState.IN_PROGRESS,
        context=lambda series, day: {"price": price_of(day)},
        template="health_checks/steps/end_day.html",
        is_danger=True,
    ),
    Step(
        slug="not-signed",
        tab=DAYS,
        label=_("The school has not signed"),
        button=_("Record that it has not signed"),
        explanation=_(
            "Ring the school first. The day is then complete and invoiced, and its record says that the school did not sign it. "
            "The head can still sign."
        ),
        done=_("It was recorded that the school has not signed. The day is complete."),
        act=lambda doing: record_not_signed(day=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=mover(Mover.STAFF),
        form=ReasonForm,
        targets=days_of,
        ready=_is_unsigned,
        context=lambda series, day: {"handed_over_on": handed_over_on(day.record)},
        template="health_checks/steps/not_signed.html",
    ),
]

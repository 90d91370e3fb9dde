from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, Refusal, action
from common.in_words import day_to_keep, in_pounds
from diary.actions.release_halves import release_halves
from diary.enums import SourceKind
from health_checks.enums import COMING, Cause, DayState
from health_checks.fees import fee_for_day
from health_checks.invoicing import invoice_fee
from health_checks.models import Day
from health_checks.moves import follow_days, move_day
from health_checks.permissions import belongs_to, books_for, check_user_is, leads_day
from health_checks.policies import check_day_is, check_reason, lock_day
from health_checks.telling import NEWS, invite, leaders_of, people_who_book, staff_of, tell
from health_checks.transitions import Mover


class FeeChanged(Refusal):
    """The fee is another one than was shown, because a day went by meanwhile."""


@action
def cancel_day(*, day: Day, caused_by: Cause, fee_shown: Decimal, by: By, at: datetime, reason: str) -> Day:
    """
    Cancel a booked day (H6). The fee is that of the policy frozen at booking, by the notice given; nothing when the alliance or the
    leader caused it; the school is then owed another date. A leader does not cancel but says that they cannot come.

    `fee_shown` (pounds) is what the person saw before confirming. Raises `PermissionDenied`, `NotNow`, `FeeChanged`, and
    `ValidationError` without a reason. Who may say whose doing it was: `cause_of`.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.SCHOOL_OR_STAFF, day.series, timezone.localdate(at), day)
    check_day_is(day, *COMING)
    check_reason(reason)
    fee = fee_for_day(day, caused_by=cause_of(by, day, caused_by, at), on=timezone.localdate(at))
    if fee.amount != fee_shown:
        raise FeeChanged(_("The fee is %(fee)s by now. Look at it once more before you cancel.") % {"fee": in_pounds(fee.amount)})
    people = [*people_who_book(day.series.case.supported_school, timezone.localdate(at)), *leaders_of(day), *staff_of(day.series)]
    end_day(day, DayState.CANCELLED, caused_by=fee.caused_by, fee=fee.amount, fee_percent=fee.percent, by=by, at=at, reason=reason)
    invoice_fee(day, by=by, at=at)
    case, kept_day = day.series.case, day_to_keep(day.date)
    record_event(case, N_("The health check on %(day)s was cancelled."), by=by, at=at, reason=reason, public=True, day=kept_day)
    record_event(case, N_("The fee for %(day)s is %(fee)s."), by=by, at=at, day=kept_day, fee=in_pounds(fee.amount))
    tell(day.series, people, N_("A health check day was cancelled."), at=at, kind=NEWS, but=user)
    if day.is_owed_another_date:
        ask_for_another_date(day, at=at)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day


def ask_for_another_date(day: Day, *, at: datetime) -> None:
    """Tell staff that the school is owed one, and the school that it may choose it. Part of an action."""
    tell(day.series, staff_of(day.series), N_("A school is owed another date for a health check day."), at=at)
    sentence = N_("You are owed another date for your health check day, at no extra cost. Choose one, or wait for the alliance’s offer.")
    tell(day.series, people_who_book(day.series.case.supported_school, timezone.localdate(at)), sentence, at=at, kind=NEWS)


def cause_of(by: By, day: Day, said: Cause, at: datetime) -> Cause:
    """Staff say whose doing it was. A leader who moves a day is the cause, and a school that moves or cancels one."""
    on = timezone.localdate(at)
    if belongs_to(by, Mover.STAFF, day.series, on):
        return said
    user = Actor.of(by).user
    return Cause.LEADER if leads_day(user, day) and not books_for(user, day.series, on) else Cause.SCHOOL


def end_day(
    day: Day,
    to: DayState,
    *,
    caused_by: Cause | str,
    fee: Decimal | None = None,
    fee_percent: int | None = None,
    by: By,
    at: datetime,
    reason: str,
) -> None:
    """A booked day is not held: the halves are free, and calendars say so. Part of an action that has locked the day."""
    release_halves(kind=SourceKind.HEALTH_CHECK, reference=day.diary_reference, by=by, at=at, reason=reason)
    move_day(
        day, to, by=by, at=at, reason=reason, caused_by=caused_by, fee=fee, fee_percent=fee_percent, ended_at=at,
        brief_agreed_at=None, sequence=day.sequence + 1,
    )  # fmt: skip
    if to != DayState.RESCHEDULED:
        invite(day, at=at)

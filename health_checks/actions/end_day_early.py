from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep, in_pounds
from finance.money import percent_of
from health_checks.enums import DayState
from health_checks.invoicing import invoice_fee
from health_checks.models import Day
from health_checks.moves import follow_days, move_day
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_reason, lock_day
from health_checks.pricing import price_of
from health_checks.telling import NEWS, leaders_of, people_who_book, tell
from health_checks.transitions import Mover

WHOLE = 100


@action
def end_day_early(*, day: Day, percent: int, fee_reason: str, by: By, at: datetime, reason: str) -> Day:
    """
    End a day that has begun and whose record nobody will sign. What was recorded is kept, unsigned, for the school to read.

    `percent` is how much of the price is owed, which staff decide on, with `fee_reason`. Raises `PermissionDenied` unless by alliance
    staff, `NotNow`, and `ValidationError` without both reasons or for less than nothing or more than the price.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.STAFF, day.series, timezone.localdate(at))
    check_day_is(day, DayState.IN_PROGRESS)
    check_reason(reason)
    if not fee_reason.strip():
        raise ValidationError({"fee_reason": _("Say why so much is owed.")})
    if not 0 <= percent <= WHOLE:
        raise ValidationError({"percent": _("Enter a number from 0 to 100.")})
    fee = percent_of(price_of(day), Decimal(percent))
    move_day(day, DayState.ENDED_EARLY, by=by, at=at, reason=reason, fee=fee, fee_percent=percent, fee_reason=fee_reason, ended_at=at)
    invoice_fee(day, by=by, at=at)
    case, kept_day = day.series.case, day_to_keep(day.date)
    sentence = N_("The health check on %(day)s was ended without a signed record. What was written is kept for the school.")
    record_event(case, sentence, by=by, at=at, reason=reason, public=True, day=kept_day)
    record_event(case, N_("The fee for %(day)s is %(fee)s."), by=by, at=at, reason=fee_reason, day=kept_day, fee=in_pounds(fee))
    people = [*people_who_book(case.supported_school, timezone.localdate(at)), *leaders_of(day)]
    tell(day.series, people, N_("A health check day was ended without a signed record."), at=at, kind=NEWS, but=user)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day

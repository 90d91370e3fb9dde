from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_in_words, day_to_keep
from health_checks.enums import DayState
from health_checks.invoicing import invoice_day
from health_checks.models import Day, Record
from health_checks.moves import follow_days, move_day
from health_checks.permissions import check_user_is
from health_checks.policies import NotNow, check_day_is, check_reason, lock_day
from health_checks.signing import may_sign_until, time_to_sign_is_over
from health_checks.telling import NEWS, heads_of, leaders_of, people_who_book, tell
from health_checks.transitions import Mover


@action
def record_not_signed(*, day: Day, by: By, at: datetime, reason: str) -> Record:
    """
    Record that the school has not signed its record in time: the day is complete and invoiced, and says everywhere that it is not signed.

    The head may still sign. Raises `PermissionDenied` unless by alliance staff, `NotNow`, also while the time to sign (a setting) lasts,
    and `ValidationError` without a reason.
    """
    day = lock_day(day)
    today = timezone.localdate(at)
    user = check_user_is(by, Mover.STAFF, day.series, today)
    check_day_is(day, DayState.DELIVERED)
    check_reason(reason)
    record = Record.objects.select_for_update(of=("self",)).get(day=day)
    if not time_to_sign_is_over(day.series, record, on=today):
        raise NotNow(_("The school has until %(day)s to sign.") % {"day": day_in_words(may_sign_until(record))})
    record.not_signed_at, record.not_signed_by, record.not_signed_reason = at, user, reason
    record.save()
    move_day(day, DayState.NOT_SIGNED, by=by, at=at, reason=reason)
    invoice_day(day, by=by, at=at)
    school, sentence = day.series.case.supported_school, N_("The school did not sign the record of %(day)s. The day counts as complete.")
    record_event(day.series.case, sentence, by=by, at=at, reason=reason, public=True, day=day_to_keep(day.date))
    told = N_("The record of a health check day was closed without the school’s signature. The head can still sign it.")
    tell(day.series, [*heads_of(school, today), *people_who_book(school, today), *leaders_of(day)], told, at=at, kind=NEWS, but=user)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return record

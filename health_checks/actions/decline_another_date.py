from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.enums import BOOKED
from health_checks.models import Day
from health_checks.moves import follow_days
from health_checks.permissions import check_user_is
from health_checks.policies import NotNow, check_reason, check_series_is, lock_day
from health_checks.telling import NEWS, people_who_book, staff_of, tell
from health_checks.transitions import Mover


@action
def decline_another_date(*, day: Day, by: By, at: datetime, reason: str) -> Day:
    """
    Say that no other day is wanted in place of one that the alliance or a leader missed; the booking ends where nothing else is left.

    Raises `PermissionDenied` unless by the school or staff, `NotNow` where no other date is owed, and `ValidationError` without a reason.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.SCHOOL_OR_STAFF, day.series, timezone.localdate(at))
    check_series_is(day.series, *BOOKED)
    check_reason(reason)
    if not day.is_owed_another_date:
        raise NotNow(_("No other date is to be offered for this day."))
    day.no_other_day_at, day.no_other_day_by, day.no_other_day_reason = at, user, reason
    day.save()
    sentence = N_("No other day is wanted in place of %(day)s.")
    record_event(day.series.case, sentence, by=by, at=at, reason=reason, public=True, day=day_to_keep(day.date))
    people = [*people_who_book(day.series.case.supported_school, timezone.localdate(at)), *staff_of(day.series)]
    tell(day.series, people, N_("No other health check day is wanted in place of one that was not held."), at=at, kind=NEWS, but=user)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day

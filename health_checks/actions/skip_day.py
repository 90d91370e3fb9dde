from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.actions.withdraw_leader import end_assignment
from health_checks.enums import WANTED, DayState, SeriesState
from health_checks.models import Day
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import NotNow, check_day_is, check_series_is, lock_day
from health_checks.transitions import Mover

CHANGEABLE = (SeriesState.REQUESTED, SeriesState.MATCHING, SeriesState.EXPIRED)
"""While nothing is quoted, days can be left out, put back and moved freely."""


@action
def skip_day(*, day: Day, by: By, at: datetime, reason: str) -> Day:
    """
    Leave a day out of a booking that is not quoted: it stays with its reason and can be put back.

    Raises `PermissionDenied`, `NotNow`, also for the last day (the school withdraws instead), and `ValidationError` without a reason.
    """
    day = lock_day(day)
    check_user_is(by, Mover.SCHOOL_OR_STAFF, day.series, timezone.localdate(at), day)
    check_series_is(day.series, *CHANGEABLE)
    check_day_is(day, *WANTED)
    if not day.series.days.filter(state__in=WANTED).exclude(pk=day.pk).exists():
        raise NotNow(_("This is the only day left. To ask for none, withdraw the booking."))
    for assignment in day.assignments.standing().order_by("leader"):
        end_assignment(assignment, by=by, at=at, reason=reason)
    move_day(day, DayState.SKIPPED, by=by, at=at, reason=reason)
    record_event(day.series.case, N_("%(day)s was left out."), by=by, at=at, reason=reason, public=True, day=day_to_keep(day.date))
    synchronise_turns(day.series.case, at=at)
    return day

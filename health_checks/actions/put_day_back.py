from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.actions.change_day import check_date_can_be, price_shown
from health_checks.actions.skip_day import CHANGEABLE
from health_checks.enums import DayState
from health_checks.models import Day
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_series_is, lock_day
from health_checks.transitions import Mover


@action
def put_day_back(*, day: Day, by: By, at: datetime) -> Day:
    """
    Ask again for a day that was left out. Its price is that of the rates on its date, as it is shown.

    Raises `PermissionDenied`, `NotNow`, and `ValidationError` for a date that is too near by now.
    """
    day = lock_day(day)
    check_user_is(by, Mover.SCHOOL_OR_STAFF, day.series, timezone.localdate(at), day)
    check_series_is(day.series, *CHANGEABLE)
    check_day_is(day, DayState.SKIPPED)
    check_date_can_be(day, day.date, at=at)
    move_day(day, DayState.PROPOSED, by=by, at=at, shown_line=day.shown_line or price_shown(day, by=by, at=at))
    record_event(day.series.case, N_("%(day)s was put back."), by=by, at=at, public=True, day=day_to_keep(day.date))
    synchronise_turns(day.series.case, at=at)
    return day

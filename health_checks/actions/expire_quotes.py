from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from health_checks.actions.withdraw_leader import end_assignment
from health_checks.enums import DayState, SeriesState
from health_checks.models import Assignment, Day, Series
from health_checks.moves import move_day, move_series
from health_checks.policies import lock_series
from health_checks.telling import people_who_book, staff_of, tell


def expire_quotes(*, by: By, at: datetime) -> int:
    """End every quote whose last day is past; returns how many. One transaction each; a repeat finds none."""
    today = timezone.localdate(at)
    late = Series.objects.filter(state=SeriesState.QUOTED, quote_expires_on__lt=today).select_related("case").order_by("pk")
    return sum(_expire(series=series, by=by, at=at) for series in late)


@action
def _expire(*, series: Series, by: By, at: datetime) -> bool:
    series = lock_series(series)
    if series.state != SeriesState.QUOTED or series.quote_expires_on is None or series.quote_expires_on >= timezone.localdate(at):
        return False
    move_series(series, SeriesState.EXPIRED, by=by, at=at)
    release_days(series, by=by, at=at, reason="The quote expired.")
    record_event(series.case, N_("The quote was not accepted in time, so the leaders are free again."), by=by, at=at, public=True)
    sentence = N_("A quote for health check days expired.")
    tell(series, [*staff_of(series), *people_who_book(series.case.supported_school, timezone.localdate(at))], sentence, at=at)
    synchronise_turns(series.case, at=at)
    return True


def release_days(series: Series, *, by: By, at: datetime, reason: str, to: DayState = DayState.PROPOSED) -> None:
    """Take every leader off the days that are not booked, in the order of their keys. Part of an action that has locked the booking."""
    standing = Assignment.objects.standing().filter(day__series=series, day__state__in=(DayState.PROPOSED, DayState.HELD))
    for assignment in standing.select_related("leader", "day__series__case").order_by("leader", "day__date"):
        end_assignment(assignment, by=by, at=at, reason=reason)
    for day in Day.objects.filter(series=series, state__in=(DayState.PROPOSED, DayState.HELD)):
        day.series = series
        if day.state != to:
            move_day(day, to, by=by, at=at, reason=reason, as_system=True)

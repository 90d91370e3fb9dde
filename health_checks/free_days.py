"""Real free dates for a day that is to be moved, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from alliance.models import LeaderDesignation, SystemLeader
from alliance.working_days import add_working_days
from diary.free_dates import days_with_free_leaders
from diary.terms import closed_because
from health_checks.enums import COMING, MISSED, DayPart
from health_checks.matching import suitable_leaders
from health_checks.models import Day, HealthCheckSettings

LOOKS_AHEAD = timedelta(days=84)
MOST = 12


def free_days_for(day: Day, *, at: datetime) -> list[date]:
    """
    The next dates on which the day could be: school open, nothing of its own there, and the leaders free. Of a booked day all its
    leaders, of one that is not quoted any suitable one. A fixed number of queries.
    """
    school = day.series.case.supported_school
    if school is None:
        return []
    first = add_working_days(timezone.localdate(at), HealthCheckSettings.current().earliest_start)
    last = max(first, day.date) + LOOKS_AHEAD
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = closed_because(school, span)
    taken = Day.objects.takes_its_date().filter(series__case__supported_school=school, date__range=(first, last))
    own = set(taken.values_list("date", flat=True))
    is_booked = day.state in (*COMING, *MISSED)
    leaders = (
        [assignment.leader for assignment in day.assignments.standing().select_related("leader__user")]
        if is_booked
        else suitable_leaders(school, day.series.wanted_designations, on=first)
    )
    free = days_with_free_leaders(leaders, first, last, halves=DayPart(day.part).halves, at=at, closed=closed)
    enough = len(leaders) if is_booked else 1
    held = _held_by(leaders, day.series.wanted_designations)
    found = [
        one
        for one, keys in sorted(free.items())
        if len([key for key in keys if held[key](one)]) >= max(enough, 1) and one not in own and one != day.date
    ]
    return found[:MOST]


def _held_by(leaders: Iterable[SystemLeader], designations: Iterable[str]) -> dict[int, Callable[[date], bool]]:
    """Leader's key → whether an active leader holds one of the designations on a date. One query."""
    active = {leader.pk for leader in leaders if leader.is_active and leader.user.is_active}
    spans: dict[int, list[tuple[date, date | None]]] = {leader.pk: [] for leader in leaders}
    rows = LeaderDesignation.objects.filter(leader__in=active, designation__in=list(designations))
    for leader, starts_on, ends_on in rows.values_list("leader_id", "starts_on", "ends_on"):
        spans[leader].append((starts_on, ends_on))

    def holds(key: int) -> Callable[[date], bool]:
        return lambda day: any(first <= day and (last is None or day <= last) for first, last in spans[key])

    return {key: holds(key) for key in spans}

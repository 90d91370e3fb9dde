"""Which halves leaders have free over a span of days: what a search for dates asks. Two queries, however many leaders and days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from alliance.models import SystemLeader
from alliance.working_days import academic_year
from diary.enums import Half
from diary.models import USUAL_ALLOWANCE, HalfDay, LeaderYear, WhichHalf


def free_halves_of(
    leaders: Iterable[SystemLeader], first: date, last: date, *, at: datetime, closed: Collection[date] = ()
) -> dict[int, set[WhichHalf]]:
    """
    Leader's key → the halves from the first day up to and with the last that nobody has; days `closed` are left out.

    A leader who has given all half days of an academic year has none free in it.
    """
    return _free([leader.pk for leader in leaders], _open_days(first, last, closed), at=at, needed=1)


def days_with_free_leaders(
    leaders: Iterable[SystemLeader], first: date, last: date, *, halves: Collection[Half], at: datetime, closed: Collection[date] = ()
) -> dict[date, list[int]]:
    """
    Day → keys of the leaders who have all these halves of it free, in the order in which they were given.

    Who has fewer half days left in its academic year is not free on it. Days on which nobody is are left out, and so are `closed` ones.
    """
    keys, days = [leader.pk for leader in leaders], _open_days(first, last, closed)
    free = _free(keys, days, at=at, needed=len(halves))
    found = {day: [key for key in keys if all((day, half) in free[key] for half in halves)] for day in days}
    return {day: able for day, able in found.items() if able}


def _open_days(first: date, last: date, closed: Collection[date]) -> list[date]:
    return [day for n in range((last - first).days + 1) if (day := first + timedelta(days=n)) not in closed]


def _free(keys: list[int], days: list[date], *, at: datetime, needed: int) -> dict[int, set[WhichHalf]]:
    """Leader's key → halves of the days that nobody has, in the academic years in which the leader has so many left to give."""
    if not keys or not days:
        return {key: set() for key in keys}
    taken: dict[int, set[WhichHalf]] = {key: set() for key in keys}
    rows = HalfDay.objects.taken(at).filter(date__range=(days[0], days[-1]), leader__in=keys).order_by()
    for leader, day, half in rows.values_list("leader_id", "date", "half"):
        taken[leader].add((day, Half(half)))
    halves: dict[int, set[WhichHalf]] = {}
    for day in days:
        halves.setdefault(academic_year(day), set()).update((day, half) for half in Half)
    left = _left(keys, halves)
    return {key: set().union(*(found for year, found in halves.items() if left[key, year] >= needed)) - taken[key] for key in keys}


def _left(keys: Iterable[int], years: Iterable[int]) -> dict[tuple[int, int], int]:
    """(leader's key, academic year) → half days still to give; the usual allowance for somebody without a row."""
    found = {(key, year): USUAL_ALLOWANCE for key in keys for year in years}
    rows = LeaderYear.objects.filter(leader__in=list({key for key, _year in found}), academic_year__in=list(years)).order_by()
    for leader, year, allowance, taken in rows.values_list("leader_id", "academic_year", "allowance", "taken"):
        found[leader, year] = allowance - taken
    return found

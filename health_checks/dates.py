"""Which dates a school asks for: by a rule of repetition, each with what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import School, SystemLeader, User
from diary.free_dates import days_with_free_leaders
from diary.terms import closed_because
from health_checks.enums import DayPart, Repeat
from health_checks.matching import suitable_leaders
from health_checks.models import Day

MOST_DAYS = 12
"""In one booking."""
BOOKED_AHEAD = timedelta(days=400)
"""No day is asked for further ahead: nobody knows terms, rates and leaders then."""
LOOKS_AHEAD = timedelta(days=70)
"""How far another date is looked for when one does not suit."""


@dataclass(frozen=True)
class DateAsked:
    """One date with its cause against it (empty where nothing is), and the next one that would do."""

    day: date
    cause: str = ""
    instead: date | None = None


def repeated(first: date, repeat: Repeat, number: int) -> list[date]:
    """The dates of a series by its rule; by no rule the first alone."""
    return [first + timedelta(weeks=repeat.weeks * n) for n in range(number if repeat.weeks else 1)]


def check_dates(
    dates: Sequence[date],
    *,
    part: DayPart,
    school: School,
    by: User,
    designations: Iterable[str],
    wanted_leader: SystemLeader | None,
    earliest: date,
    at: datetime,
) -> list[DateAsked]:
    """
    Each date with its clash in words: too near, the school closed, a day the school has or `by` asked for before, or no leader free.

    A clash comes with the next date on which there is none. Costs a fixed number of queries, however many dates there are.
    """
    if not dates:
        return []
    latest = timezone.localdate(at) + BOOKED_AHEAD
    within = [day for day in dates if timezone.localdate(at) <= day <= latest] or [earliest]
    first, last = min(within), max(within) + LOOKS_AHEAD
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = closed_because(school, span)
    others = Day.objects.in_the_way_of(by, school).filter(date__range=(first, last))
    booked = set(others.values_list("date", flat=True))
    free = _free_days(span, part, school=school, designations=designations, wanted_leader=wanted_leader, closed=closed, at=at)

    def cause_against(day: date) -> str:
        if day < earliest:
            return _("This is too soon: leaders and your school need time to prepare.")
        if day > latest:
            return _("This is too far ahead.")
        if day in closed:
            return closed[day]
        if day in booked:
            return _("Your school has a health check on this day already, or has asked for one.")
        if day not in free:
            return _("The leader you ask for is not free.") if wanted_leader else _("No suitable leader is free.")
        return ""

    found, used = [], set(dates)
    for day in dates:
        cause = cause_against(day)
        instead = next((one for one in span if one > day and one not in used and not cause_against(one)), None) if cause else None
        if instead:
            used.add(instead)
        found.append(DateAsked(day, cause, instead))
    return found


def _free_days(
    span: Sequence[date],
    part: DayPart,
    *,
    school: School,
    designations: Iterable[str],
    wanted_leader: SystemLeader | None,
    closed: dict[date, str],
    at: datetime,
) -> set[date]:
    """Days on which at least one suitable leader has all halves of the part."""
    leaders = [wanted_leader] if wanted_leader else suitable_leaders(school, designations, on=span[0])
    return set(days_with_free_leaders(leaders, span[0], span[-1], halves=part.halves, at=at, closed=closed))

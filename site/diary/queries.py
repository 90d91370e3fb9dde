"""Who is free when, and how much each leader can still give. Each costs one query, however many leaders or days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alliance.models import SystemLeader
from alliance.working_days import academic_year
from diary.enums import Half
from diary.models import USUAL_ALLOWANCE, HalfDay, LeaderYear, WhichHalf


@dataclass(frozen=True)
class Balance:
    """What a leader gives in one academic year, in half days. Holds count as taken until they are removed."""

    allowance: int = USUAL_ALLOWANCE
    taken: int = 0

    @property
    def remaining(self) -> int:
        return self.allowance - self.taken

    @property
    def share_taken(self) -> float:
        """From 0 to 1. Somebody who gives nothing has nothing left, so their share is whole."""
        return self.taken / self.allowance if self.allowance else 1.0


def free_halves(leader: SystemLeader, dates: Iterable[date], *, at: datetime) -> list[WhichHalf]:
    """The halves of these dates that nobody has, in the order of time. Weekends and holidays are the asker's to leave out."""
    days = sorted(set(dates))
    taken = taken_by_leader([leader], days, at=at)[leader.pk]
    return [(day, half) for day in days for half in Half if (day, half) not in taken]


def taken_by_leader(leaders: Iterable[SystemLeader], dates: Iterable[date], *, at: datetime) -> dict[int, set[WhichHalf]]:
    """Leader's key → their taken halves on these dates; every leader asked for is there."""
    found: dict[int, set[WhichHalf]] = {leader.pk: set() for leader in leaders}
    rows = HalfDay.objects.taken(at).filter(leader__in=list(found), date__in=set(dates))
    for leader, day, half in rows.values_list("leader_id", "date", "half"):
        found[leader].add((day, Half(half)))
    return found


def taken_between(leaders: Iterable[SystemLeader], first: date, last: date, *, at: datetime) -> dict[int, dict[WhichHalf, HalfDay]]:
    """Leader's key → their taken halves from the first day up to and with the last, each with its row; every leader asked for is there."""
    found: dict[int, dict[WhichHalf, HalfDay]] = {leader.pk: {} for leader in leaders}
    for row in HalfDay.objects.taken(at).filter(leader__in=list(found), date__range=(first, last)).order_by("date", "half"):
        found[row.leader_id][row.date, Half(row.half)] = row
    return found


def balances(leaders: Iterable[SystemLeader], *, on: date) -> dict[int, Balance]:
    """Leader's key → their balance in the academic year of a day; the usual one for somebody without a row yet."""
    found = {leader.pk: Balance() for leader in leaders}
    rows = LeaderYear.objects.filter(leader__in=list(found), academic_year=academic_year(on))
    for leader, allowance, taken in rows.values_list("leader_id", "allowance", "taken"):
        found[leader] = Balance(allowance, taken)
    return found

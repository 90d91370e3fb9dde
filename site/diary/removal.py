"""Giving halves back. The rows go one by one, so that the history tells of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from alliance.working_days import academic_year
from diary.enums import SourceKind
from diary.models import HalfDayQuerySet, LeaderYear
from diary.policies import locked_years, move_taken


def remove_halves(rows: HalfDayQuerySet, years: Mapping[int, LeaderYear]) -> int:
    """Delete the rows of one leader and give back their allowance; `years` are the leader's, locked. Returns how many went."""
    given_back: Counter[int] = Counter()
    number = 0
    for row in rows.select_for_update(of=("self",)).order_by("date", "half"):
        row.delete()
        number += 1
        if SourceKind(row.source_kind).uses_allowance:
            given_back[academic_year(row.date)] += 1
    for year, count in sorted(given_back.items()):
        move_taken(years[year], -count)
    return number


def leaders_and_years(rows: HalfDayQuerySet) -> dict[int, set[int]]:
    """Which academic years of which leaders (by key, in order) the rows touch."""
    found: dict[int, set[int]] = {}
    for leader, day in rows.order_by("leader_id", "date").values_list("leader_id", "date"):
        found.setdefault(leader, set()).add(academic_year(day))
    return found


def remove_for_all_leaders(rows: HalfDayQuerySet) -> int:
    """Delete rows of any number of leaders, one leader after the other in the order of their keys. Returns how many went."""
    return sum(
        remove_halves(rows.filter(leader=leader).in_academic_years(years), locked_years(leader, years))
        for leader, years in leaders_and_years(rows).items()
    )

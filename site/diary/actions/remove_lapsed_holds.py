from __future__ import annotations

from datetime import datetime

from common.actions import By, action
from diary.models import HalfDay
from diary.policies import locked_years
from diary.removal import leaders_and_years, remove_halves


def remove_lapsed_holds(*, by: By, at: datetime) -> int:
    """Remove every hold that has lapsed; returns how many. One transaction a leader, so that none waits for all."""
    lapsed = HalfDay.objects.lapsed(at)
    return sum(_of_leader(leader=leader, years=years, by=by, at=at) for leader, years in leaders_and_years(lapsed).items())


@action
def _of_leader(*, leader: int, years: set[int], by: By, at: datetime) -> int:
    locked = locked_years(leader, years)
    return remove_halves(HalfDay.objects.filter(leader=leader).in_academic_years(years).lapsed(at), locked)

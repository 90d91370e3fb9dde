from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from alliance.models import SystemLeader
from alliance.working_days import academic_year
from common.actions import By, action
from diary.enums import SourceKind
from diary.models import HalfDay, WhichHalf
from diary.policies import insert_half, locked_years, move_taken, sorted_halves
from diary.removal import remove_halves


@action
def take_halves(
    *,
    leader: SystemLeader,
    halves: Iterable[WhichHalf],
    kind: SourceKind,
    reference: str,
    held_until: datetime | None = None,
    by: By,
    at: datetime,
    reason: str = "",
) -> list[HalfDay]:
    """
    Take half days of a leader for one source, firmly or held until a moment (H2).

    Called inside the action that books, which says who may. Holds of the leader that have lapsed by `at` go first, and
    give back what they took of the allowance. Raises `HalfTaken`, also when somebody takes a half at the same moment,
    and `AllowanceUsedUp`; leave does not count against the allowance. Either leaves the diary untouched.
    Whoever takes halves of several leaders in one transaction goes through them in the order of their keys.
    """
    wanted = sorted_halves(halves)
    years = locked_years(leader.pk, (academic_year(day) for day, _half in wanted))
    remove_halves(HalfDay.objects.filter(leader=leader).in_academic_years(years).lapsed(at), years)
    # In the order of time: PostgreSQL would end one of two that insert the same halves in different orders.
    rows = [
        insert_half(HalfDay(leader=leader, date=day, half=half, source_kind=kind, source_reference=reference, held_until=held_until))
        for day, half in wanted
    ]
    if SourceKind(kind).uses_allowance:
        for year, number in sorted(Counter(academic_year(day) for day, _half in wanted).items()):
            move_taken(years[year], number)
    return rows

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alliance.models import SystemLeader
from alliance.working_days import academic_year
from common.actions import By, action
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import HalfDay, WhichHalf
from diary.policies import locked_years, sorted_halves


@action
def confirm_halves(
    *, leader: SystemLeader, halves: Iterable[WhichHalf], kind: SourceKind, reference: str, by: By, at: datetime, reason: str = ""
) -> list[HalfDay]:
    """
    Make a source's holds firm. Returns the rows in the order of time; a half that is firm already stays so.

    A hold that lapsed is taken again where nobody else came first. Raises `HalfTaken` where somebody did and
    `AllowanceUsedUp`; either leaves the diary untouched. Called inside the action that confirms, which says who may.
    """
    wanted = sorted_halves(halves)
    locked_years(leader.pk, (academic_year(day) for day, _half in wanted))
    ours = HalfDay.objects.of_source(kind, reference).filter(leader=leader).at_halves(wanted).select_for_update(of=("self",))
    held = {(row.date, Half(row.half)): row for row in ours.order_by("date", "half")}
    for row in held.values():
        if row.held_until is not None:
            row.held_until = None
            row.save()
    missing = [half for half in wanted if half not in held]
    again = take_halves(leader=leader, halves=missing, kind=kind, reference=reference, by=by, at=at, reason=reason) if missing else []
    return sorted([*held.values(), *again], key=lambda row: (row.date, row.half))

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alliance.models import SystemLeader
from common.actions import By, action
from diary.enums import SourceKind
from diary.models import HalfDay, WhichHalf
from diary.policies import sorted_halves
from diary.removal import remove_for_all_leaders


@action
def release_halves(
    *,
    kind: SourceKind,
    reference: str,
    leader: SystemLeader | None = None,
    halves: Iterable[WhichHalf] | None = None,
    by: By,
    at: datetime,
    reason: str = "",
) -> int:
    """
    Give back what a source took, held or firm: all of it, or one leader's, or some halves. Returns how many half days.

    Called inside the action that cancels, which says who may. What was given back before is not there any more, so a
    repeat gives back nothing.
    """
    rows = HalfDay.objects.of_source(kind, reference)
    if leader is not None:
        rows = rows.filter(leader=leader)
    if halves is not None:
        rows = rows.at_halves(sorted_halves(halves))
    return remove_for_all_leaders(rows)

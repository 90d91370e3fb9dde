"""The tables of moves of a series and of its days: what follows what, who moves it, and whether a reason is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from health_checks.enums import DayState as D
from health_checks.enums import SeriesState as S

State = TypeVar("State", S, D)


class Mover(Enum):
    STAFF = auto()
    """S2S lead or broker."""
    SCHOOL = auto()
    """Whoever may book for the school; before the school is verified, the holder of the follow link."""
    SCHOOL_OR_STAFF = auto()
    LEADER = auto()
    """A leader who conducts the day."""
    LEADER_OR_STAFF = auto()
    ANYBODY = auto()
    """The school, a leader of the day, or staff: a brief that all may write, a day that did not happen."""
    SYSTEM = auto()
    """What follows by itself from what somebody else did, or from time."""


@dataclass(frozen=True)
class Move(Generic[State]):
    source: State
    target: State
    by: Mover
    reason: bool = False


SERIES_MOVES: tuple[Move[S], ...] = (
    Move(S.REQUESTED, S.MATCHING, by=Mover.STAFF),
    Move(S.MATCHING, S.QUOTED, by=Mover.STAFF),
    Move(S.QUOTED, S.MATCHING, by=Mover.STAFF, reason=True),
    Move(S.QUOTED, S.CONFIRMED, by=Mover.SCHOOL),
    Move(S.QUOTED, S.EXPIRED, by=Mover.SYSTEM),
    Move(S.EXPIRED, S.MATCHING, by=Mover.STAFF),
    Move(S.CONFIRMED, S.IN_PROGRESS, by=Mover.SYSTEM),
    Move(S.CONFIRMED, S.COMPLETED, by=Mover.SYSTEM),
    Move(S.CONFIRMED, S.CANCELLED, by=Mover.SYSTEM),
    Move(S.IN_PROGRESS, S.CANCELLED, by=Mover.SYSTEM),
    Move(S.IN_PROGRESS, S.COMPLETED, by=Mover.SYSTEM),
    *(Move(state, S.WITHDRAWN, by=Mover.SCHOOL, reason=True) for state in (S.REQUESTED, S.MATCHING, S.QUOTED, S.EXPIRED)),
    *(Move(state, S.DECLINED, by=Mover.STAFF, reason=True) for state in (S.REQUESTED, S.MATCHING, S.QUOTED, S.EXPIRED)),
)

DAY_MOVES: tuple[Move[D], ...] = (
    Move(D.PROPOSED, D.HELD, by=Mover.STAFF),
    Move(D.HELD, D.PROPOSED, by=Mover.STAFF),
    Move(D.PROPOSED, D.SKIPPED, by=Mover.SCHOOL_OR_STAFF, reason=True),
    Move(D.HELD, D.SKIPPED, by=Mover.SCHOOL_OR_STAFF, reason=True),
    Move(D.SKIPPED, D.PROPOSED, by=Mover.SCHOOL_OR_STAFF),
    Move(D.HELD, D.CONFIRMED, by=Mover.SCHOOL),
    Move(D.PROPOSED, D.CANCELLED, by=Mover.SYSTEM),
    Move(D.HELD, D.CANCELLED, by=Mover.SYSTEM),
    Move(D.CONFIRMED, D.READY, by=Mover.SYSTEM),
    Move(D.READY, D.CONFIRMED, by=Mover.SYSTEM),
    Move(D.READY, D.IN_PROGRESS, by=Mover.LEADER),
    Move(D.IN_PROGRESS, D.DELIVERED, by=Mover.LEADER),
    Move(D.IN_PROGRESS, D.ENDED_EARLY, by=Mover.STAFF, reason=True),
    Move(D.DELIVERED, D.SIGNED_OFF, by=Mover.SCHOOL),
    Move(D.DELIVERED, D.NOT_SIGNED, by=Mover.STAFF, reason=True),
    Move(D.NOT_SIGNED, D.SIGNED_OFF, by=Mover.SCHOOL),
    *(Move(state, D.CANCELLED, by=Mover.SCHOOL_OR_STAFF, reason=True) for state in (D.CONFIRMED, D.READY)),
    *(Move(state, D.RESCHEDULED, by=Mover.ANYBODY, reason=True) for state in (D.CONFIRMED, D.READY)),
    *(Move(state, D.NO_SHOW_SCHOOL, by=Mover.LEADER_OR_STAFF, reason=True) for state in (D.CONFIRMED, D.READY)),
    *(Move(state, D.NO_SHOW_LEADER, by=Mover.SCHOOL_OR_STAFF, reason=True) for state in (D.CONFIRMED, D.READY)),
)


def find_series_move(source: str, target: str) -> Move[S] | None:
    return next((move for move in SERIES_MOVES if (move.source, move.target) == (source, target)), None)


def find_day_move(source: str, target: str) -> Move[D] | None:
    return next((move for move in DAY_MOVES if (move.source, move.target) == (source, target)), None)

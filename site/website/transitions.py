"""The table of a comment's moves. What its author deleted does not come back: its words are gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from website.enums import CommentState


class Mover(Enum):
    MODERATOR = auto()
    AUTHOR = auto()


@dataclass(frozen=True)
class Move:
    source: CommentState
    target: CommentState
    by: Mover
    needs_reason: bool = False


MOVES = (
    Move(CommentState.WAITING, CommentState.SHOWN, Mover.MODERATOR),
    Move(CommentState.WAITING, CommentState.REFUSED, Mover.MODERATOR, needs_reason=True),
    Move(CommentState.SHOWN, CommentState.REFUSED, Mover.MODERATOR, needs_reason=True),
    Move(CommentState.REFUSED, CommentState.SHOWN, Mover.MODERATOR),
    Move(CommentState.WAITING, CommentState.DELETED, Mover.AUTHOR),
    Move(CommentState.SHOWN, CommentState.DELETED, Mover.AUTHOR),
    Move(CommentState.REFUSED, CommentState.DELETED, Mover.AUTHOR),
)


def find_move(source: str, target: str) -> Move | None:
    return next((move for move in MOVES if move.source == source and move.target == target), None)

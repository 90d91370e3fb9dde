"""The table of an invoice's moves. Nothing leads back to a draft: what was issued is credited, never edited."""

from __future__ import annotations

from dataclasses import dataclass

from finance.enums import InvoiceStatus


@dataclass(frozen=True)
class Move:
    source: InvoiceStatus
    target: InvoiceStatus
    needs_reason: bool = False


MOVES = (
    Move(InvoiceStatus.DRAFT, InvoiceStatus.ISSUED),
    Move(InvoiceStatus.DRAFT, InvoiceStatus.DISCARDED, needs_reason=True),
    Move(InvoiceStatus.ISSUED, InvoiceStatus.QUERIED, needs_reason=True),
    Move(InvoiceStatus.QUERIED, InvoiceStatus.ISSUED, needs_reason=True),
    Move(InvoiceStatus.ISSUED, InvoiceStatus.PAID),
    Move(InvoiceStatus.QUERIED, InvoiceStatus.PAID),
    Move(InvoiceStatus.ISSUED, InvoiceStatus.CREDITED, needs_reason=True),
    Move(InvoiceStatus.QUERIED, InvoiceStatus.CREDITED, needs_reason=True),
)


def find_move(source: str, target: str) -> Move | None:
    return next((move for move in MOVES if move.source == source and move.target == target), None)

"""
Money routes (D3): which invoices follow from a signature or from approved time. Nothing here reads or writes the database.

The money that arrives in the end is the same on every route: the payer pays the charge, the supporting school gets its
share, the alliance keeps the brokerage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from common.actions import Refusal
from finance.enums import InvoicePurpose, MoneyRoute
from finance.money import NOTHING
from finance.parties import Party


class MoreThanQuoted(Refusal):
    """More time was approved than was paid for in advance: an amendment is signed first."""


@dataclass(frozen=True)
class TimeLine:
    """A piece of work that is billed: so many half days, the charge for it and the supporting school's share, in pounds."""

    source_kind: str
    source_reference: str
    description: str
    half_days: int
    charge: Decimal
    supporting_share: Decimal

    def amount_for(self, purpose: InvoicePurpose) -> Decimal:
        return {
            InvoicePurpose.CHARGE: self.charge,
            InvoicePurpose.SUPPORTING_SHARE: self.supporting_share,
            InvoicePurpose.BROKERAGE: self.charge - self.supporting_share,
        }[purpose]


@dataclass(frozen=True)
class InvoiceWanted:
    """An invoice that should be drafted, with the lines it asks money for."""

    issuer: Party
    payer: Party
    purpose: InvoicePurpose
    lines: tuple[TimeLine, ...]

    @property
    def amount(self) -> Decimal:
        """Pounds before VAT."""
        return sum((line.amount_for(self.purpose) for line in self.lines), NOTHING)


def invoices_on_signature(route: MoneyRoute, *, payer: Party, alliance: Party, lines: Sequence[TimeLine]) -> list[InvoiceWanted]:
    """What the signature brings about: on the route in advance the whole quote, on the others nothing."""
    if route != MoneyRoute.IN_ADVANCE:
        return []
    return _with_lines([(alliance, payer, InvoicePurpose.CHARGE)], lines)


def invoices_for_time(
    route: MoneyRoute, *, payer: Party, supporting_school: Party, alliance: Party, lines: Sequence[TimeLine]
) -> list[InvoiceWanted]:
    """What approved time of one supporting school's leaders brings about. An invoice for nothing is left out."""
    steps = {
        MoneyRoute.SUPPORTING_SCHOOL_INVOICES: [
            (supporting_school, payer, InvoicePurpose.CHARGE),
            (alliance, supporting_school, InvoicePurpose.BROKERAGE),
        ],
        MoneyRoute.ALLIANCE_INVOICES: [
            (alliance, payer, InvoicePurpose.CHARGE),
            (supporting_school, alliance, InvoicePurpose.SUPPORTING_SHARE),
        ],
        # The charge was paid in advance.
        MoneyRoute.IN_ADVANCE: [(supporting_school, alliance, InvoicePurpose.SUPPORTING_SHARE)],
    }
    return _with_lines(steps[route], lines)


def _with_lines(steps: list[tuple[Party, Party, InvoicePurpose]], lines: Sequence[TimeLine]) -> list[InvoiceWanted]:
    """Reciprocal work costs nothing (P4), and some work carries no brokerage: such lines are on no invoice for it."""
    wanted = [
        InvoiceWanted(issuer, payer, purpose, tuple(line for line in lines if line.amount_for(purpose) > 0))
        for issuer, payer, purpose in steps
    ]
    return [invoice for invoice in wanted if invoice.lines]


def unspent(*, quoted: Decimal, approved: Decimal) -> Decimal:
    """
    What is refunded of a sum paid in advance (D4): the quote less the charge for all time that was approved, in pounds.

    Raises `MoreThanQuoted` when the time costs more than the quote.
    """
    if approved > quoted:
        raise MoreThanQuoted(
            _("The approved time costs £%(approved)s, but £%(quoted)s were agreed.") % {"approved": approved, "quoted": quoted}
        )
    return quoted - approved

"""Pounds and pennies. Everything that is not whole pennies is rounded here, half up, line by line before it is summed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")


def to_pennies(pounds: Decimal) -> Decimal:
    """Round to whole pennies, half a penny up."""
    return pounds.quantize(PENNY, rounding=ROUND_HALF_UP)


def percent_of(pounds: Decimal, percent: Decimal) -> Decimal:
    """So many per cent of an amount, in whole pennies."""
    return to_pennies(pounds * percent / 100)

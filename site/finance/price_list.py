"""What a day and half a day cost by designation, at the rates in force: asked before anything is booked (H6, H7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alliance.enums import Designation
from finance.models import RateCard
from finance.pricing import Buyer, PricedLine, QuoteLineWanted, price_lines


@dataclass(frozen=True)
class PriceRow:
    """The prices of one designation, in pounds before VAT."""

    designation: str
    full_day: PricedLine
    half_day: PricedLine


def price_list(*, on: date, buyer: Buyer | None = None) -> list[PriceRow]:
    """
    What `buyer`, or a school that is no member, pays on a day of service. A designation without a rate then is left out.

    One query for each rate, and three more. Nothing is stored; what is quoted later is priced by the same function (`price_lines`).
    """
    rated = set(RateCard.objects.current().filter(effective_from__lte=on).values_list("designation", flat=True))
    names = {name: str(Designation(name).label) if name else _("No designation") for name in (*Designation, "") if name in rated}
    wanted = [QuoteLineWanted(label, half_days, name) for name, label in names.items() for half_days in (2, 1)]
    priced = price_lines(wanted, on=on, buyer=buyer)
    return [PriceRow(*row) for row in zip(names.values(), priced[::2], priced[1::2], strict=True)]

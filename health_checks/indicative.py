"""Indicative prices for the public page: the rates and discounts in force, never typed twice (P7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from alliance.enums import Designation
from finance.enums import Service
from finance.models import MembershipDiscountRate, RateCard
from finance.money import percent_of

CONDUCTING = (Designation.SLE, Designation.LLE, Designation.NLE)


@dataclass(frozen=True)
class IndicativePrice:
    """Pounds before VAT for a school that is no member and for a member; the latter empty while there is no discount."""

    label: Any
    full_day: Decimal
    half_day: Decimal
    member_full_day: Decimal | None
    member_half_day: Decimal | None


def indicative_prices(on: date) -> list[IndicativePrice]:
    """
    One for each designation that conducts days and has a rate. The smallest discount of any tier, so that no member pays more.

    Two queries.
    """
    rates = list(RateCard.objects.current().filter(designation__in=CONDUCTING, effective_from__lte=on).order_by("effective_from"))
    newest = {rate.designation: rate for rate in rates}
    discounts = MembershipDiscountRate.objects.current().filter(service=Service.HEALTH_CHECK, effective_from__lte=on)
    by_tier = {row.tier_id: row.percent for row in discounts.order_by("effective_from")}
    percent = min(by_tier.values(), default=Decimal(0))
    return [
        IndicativePrice(
            Designation(name).label,
            rate.full_day,
            rate.half_day,
            percent_of(rate.full_day, 100 - percent) if percent else None,
            percent_of(rate.half_day, 100 - percent) if percent else None,
        )
        for name in CONDUCTING
        if (rate := newest.get(name))
    ]

"""What lines of work cost at the rates in force when they are done. Used to show a price first, and to freeze it as a quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.utils import formats
from django.utils.translation import gettext as _

from alliance.enums import Designation
from alliance.models import School, SystemLeader
from common.actions import Refusal
from finance.enums import Service
from finance.models import MembershipDiscountRate, QuoteLine, RateCard
from finance.money import NOTHING, percent_of, to_pennies
from finance.queries import discount_in_force, rate_in_force


class NoRateInForce(Refusal):
    """There is no approved rate for the designation on the day of service."""


class PriceIsWrong(Refusal):
    """A price given instead of the rate's is no price: not above zero, less than the share, or without its reason."""


@dataclass(frozen=True)
class Override:
    """A price for a whole line instead of the rate's, in pounds, and why it was approved."""

    charge: Decimal
    supporting_share: Decimal
    reason: str


@dataclass(frozen=True)
class QuoteLineWanted:
    """
    A line to be priced: whole half days, and the designation it is priced by (`""` for none).

    `serves_on` is the day of service that decides the rate, if not the quote's own. Reciprocal work (P4) costs nothing
    on either side and takes no override. `kept` is an earlier line whose price this one takes over as it was frozen (H6).
    """

    description: str
    half_days: int
    designation: Designation | str = ""
    leader: SystemLeader | None = None
    serves_on: date | None = None
    override: Override | None = None
    is_reciprocal: bool = False
    kept: QuoteLine | None = None


@dataclass(frozen=True)
class Buyer:
    """Who pays for what: members pay less for services that have a discount."""

    school: School
    service: Service


@dataclass(frozen=True)
class PricedLine:
    """A line with what it costs, in pounds before VAT, and the rates that say so. `discount` is taken off already."""

    wanted: QuoteLineWanted
    served_on: date
    rate_card: RateCard | None
    charge: Decimal
    supporting_share: Decimal
    discount: Decimal = NOTHING
    discount_rate: MembershipDiscountRate | None = None

    @property
    def full_charge(self) -> Decimal:
        """What a school that is no member pays, in pounds."""
        return self.charge + self.discount

    @property
    def override_reason(self) -> str:
        """Why the price is not the rate's; empty where it is, and for reciprocal work."""
        if self.wanted.kept:
            return self.wanted.kept.override_reason
        return self.wanted.override.reason if self.wanted.override and not self.wanted.is_reciprocal else ""


def price_lines(lines: Iterable[QuoteLineWanted], *, on: date, buyer: Buyer | None = None) -> list[PricedLine]:
    """
    Price each line at the day of service: `on`, or its own; rate, membership and discount are those of that day. Nothing is stored.

    A line has one discount, the membership's, or an approved override, never both (2-domain). The alliance bears the
    discount from its brokerage; where that is not enough, the supporting school's share is the whole charge. A line that is
    `kept` has the amounts, the rate as of its first day and the discount of the earlier line, and nothing is looked up for it.
    Raises `NoRateInForce` and `PriceIsWrong`, and `ValueError` for a line without time or one that is not the work it keeps.
    """
    rate_on = cache(rate_in_force)
    discount_on = cache(lambda day: discount_in_force(buyer.school, buyer.service, day) if buyer else None)
    return [_price(line, line.serves_on or on, rate_on, discount_on) for line in lines]


def total_of(lines: Iterable[PricedLine]) -> Decimal:
    """Pounds before VAT. Lines are in pennies already, so the sum is not rounded again."""
    return sum((line.charge for line in lines), NOTHING)


def supporting_total_of(lines: Iterable[PricedLine]) -> Decimal:
    return sum((line.supporting_share for line in lines), NOTHING)


def _price(
    line: QuoteLineWanted,
    on: date,
    rate_on: Callable[[str, date], RateCard | None],
    discount_on: Callable[[date], MembershipDiscountRate | None],
) -> PricedLine:
    if line.half_days < 1:
        raise ValueError("A line has at least half a day.")
    if line.kept:
        return _kept(line, line.kept)
    if line.is_reciprocal:
        return PricedLine(line, on, None, NOTHING, NOTHING)
    rate = rate_on(line.designation, on)
    if line.override:
        return PricedLine(line, on, rate, *_checked(line.override))
    if rate is None:
        raise NoRateInForce(_no_rate(line.designation, on))
    full, share = to_pennies(rate.charge_for(line.half_days)), to_pennies(rate.share_for(line.half_days))
    discount = discount_on(on)
    if discount is None:
        return PricedLine(line, on, rate, full, share)
    charge = percent_of(full, 100 - discount.percent)
    if charge <= 0:
        raise PriceIsWrong(_("The discount leaves nothing to pay. No school gives support free."))
    return PricedLine(line, on, rate, charge, min(share, charge), full - charge, discount)


def _kept(line: QuoteLineWanted, earlier: QuoteLine) -> PricedLine:
    work, worked = (line.half_days, line.designation, line.is_reciprocal), (earlier.half_days, earlier.designation, earlier.is_reciprocal)
    if work != worked or line.override:
        raise ValueError("A price is kept for the same half days and designation, and nothing takes its place.")
    return PricedLine(
        line, earlier.served_on, earlier.rate_card, earlier.charge, earlier.supporting_share, earlier.discount, earlier.discount_rate
    )


def _checked(override: Override) -> tuple[Decimal, Decimal]:
    charge, share = to_pennies(override.charge), to_pennies(override.supporting_share)
    if not override.reason.strip():
        raise PriceIsWrong(_("Say why the price is not the rate’s."))
    if share <= 0 or charge < share:
        raise PriceIsWrong(_("No school gives support free: the supporting school’s share is above zero and no more than the charge."))
    return charge, share


def _no_rate(designation: str, on: date) -> str:
    day = formats.date_format(on, "j F Y")
    if not designation:
        return _("There is no approved rate for leaders without a designation on %(day)s. Ask finance to add one.") % {"day": day}
    return _("There is no approved rate for %(designation)s on %(day)s. Ask finance to add one.") % {
        "designation": Designation(designation).label,
        "day": day,
    }

"""What it costs to cancel or move a day: by the policy frozen at booking, shown before anything is confirmed (H6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.cancellation import fee_for
from finance.models import CancellationPolicy
from finance.money import NOTHING, percent_of
from health_checks.enums import Cause
from health_checks.models import Day
from health_checks.pricing import price_of


@dataclass(frozen=True)
class DayFee:
    """The fee in pounds and in per cent of the frozen price."""

    caused_by: Cause
    percent: int
    amount: Decimal
    price: Decimal
    notice: int
    """Working days."""
    until: date | None = None
    """The last day on which it stays so; from the next on `percent_after` is owed. Both are None where it does not rise."""
    percent_after: int | None = None


def policy_of(day: Day) -> CancellationPolicy | None:
    """The policy frozen with the quote that the school accepted."""
    quote = day.series.quote or day.series.offered or day.series.shown
    return quote.cancellation_policy if quote else None


def fee_for_day(day: Day, *, caused_by: Cause, on: date) -> DayFee:
    """
    What is owed when the day is cancelled on a date. Nothing when the alliance or the leader caused it; a day that was moved late
    owes at least what cancelling it would have cost then.
    """
    price = price_of(day)
    fee = fee_for(price=price, policy=policy_of(day), serves_on=day.date, cancelled_on=on)
    if caused_by != Cause.SCHOOL:
        return DayFee(caused_by, 0, NOTHING, price, fee.notice)
    percent = max(fee.percent, day.least_percent)
    rises = fee.percent_after is not None and fee.percent_after > percent
    until, after = (fee.until, fee.percent_after) if rises else (None, None)
    return DayFee(caused_by, percent, percent_of(price, Decimal(percent)), price, fee.notice, until, after)

"""What a cancellation costs: asked before anybody cancels, and charged by the same answer (H6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alliance.working_days import last_day_with_notice, working_days_between
from finance import bands
from finance.models import CancellationPolicy
from finance.money import NOTHING, percent_of


@dataclass(frozen=True)
class Fee:
    """
    The fee for a cancellation on a day: per cent of the price, and pounds before VAT. `notice` is in whole working days.

    It stays so until the end of `until`, and costs `percent_after` from the next day on; both are None where it does not rise.
    """

    percent: int
    amount: Decimal
    notice: int
    until: date | None = None
    percent_after: int | None = None


def fee_for(*, price: Decimal, policy: CancellationPolicy | None, serves_on: date, cancelled_on: date) -> Fee:
    """
    What cancelling a day costs under the policy that its quote froze. `price` is its frozen charge, in pounds.

    The notice are the working days after the day of cancellation, up to and with the day of service; none where that has
    come. Without a policy nothing is charged. Whose fault it was is the asker's to weigh.
    """
    notice = working_days_between(cancelled_on, serves_on)
    if policy is None:
        return Fee(0, NOTHING, notice)
    steps = policy.steps
    now = next(band for band in steps if band.notice <= notice)
    dearer = next((band for band in steps if band.percent > now.percent), None)
    amount = percent_of(price, Decimal(now.percent))
    if dearer is None:
        return Fee(now.percent, amount, notice)
    cheapest_notice = min(band.notice for band in steps if band.percent == now.percent)
    return Fee(now.percent, amount, notice, last_day_with_notice(serves_on, cheapest_notice), dearer.percent)


def bands_in_words(policy: CancellationPolicy) -> list[str]:
    """The policy's fees, the longest notice first: `10 or more working days before: free`."""
    return bands.bands_in_words(policy.steps)

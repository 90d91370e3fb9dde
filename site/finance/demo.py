"""
The demo's rates, members' discount and cancellation policy, written by finance and approved by the S2S lead; one rate for next year
waits as a draft.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from alliance.enums import Designation
from alliance.models import MembershipTier
from alliance.working_days import academic_year
from common.demo import World
from common.moderation import decide_on_document, submit_document
from finance.models import CancellationPolicy, MembershipDiscountRate, RateCard
from finance.models.effective import EffectiveDated
from finance.money import percent_of

SUPPORTING_PERCENT = Decimal(85)
"""The supporting school's share in the demo; the other 15 per cent are brokerage."""

RATES = {
    Designation.SLE: (Decimal("350.00"), Decimal("175.00")),
    Designation.LLE: (Decimal("450.00"), Decimal("225.00")),
    Designation.NLE: (Decimal("550.00"), Decimal("275.00")),
    Designation.NLG: (Decimal("450.00"), Decimal("225.00")),
    "": (Decimal("300.00"), Decimal("150.00")),
}
"""Pounds for a full and a half day; "" are leaders without a designation."""


MEMBERS_PERCENT = Decimal(15)
"""What members pay less for health check days in the demo."""

FEES = [(10, 0), (5, 50), (0, 100)]
"""What cancelling a health check day costs in the demo: working days' notice, per cent of the price."""


def load_demo(world: World) -> None:
    """Approve rates, discounts and fees from the September before last on, and draft the SLE's next rate."""
    finance = world.people["finance"]
    this_year = academic_year(world.today)
    since = date(this_year - 1, 9, 1)
    for designation, (full_day, half_day) in RATES.items():
        _approve(world, _draft(designation, since, full_day, half_day))
    for tier in MembershipTier.objects.all():
        _approve(world, MembershipDiscountRate.objects.create(tier=tier, effective_from=since, percent=MEMBERS_PERCENT, live=False))
    bands = [("band", {"notice": notice, "percent": percent}) for notice, percent in FEES]
    _approve(world, CancellationPolicy.objects.create(effective_from=since, bands=bands, live=False))
    _draft(Designation.SLE, date(this_year + 1, 9, 1), Decimal("365.00"), Decimal("182.50")).save_revision(user=finance)


def _approve(world: World, rate: EffectiveDated) -> None:
    finance, lead = world.people["finance"], world.people["lead"]
    rate.save_revision(user=finance)
    submit_document(document=rate, by=finance, at=timezone.now())
    decide_on_document(document=type(rate)._default_manager.get(pk=rate.pk), approve=True, by=lead, at=timezone.now())


def _draft(designation: str, effective_from: date, full_day: Decimal, half_day: Decimal) -> RateCard:
    return RateCard.objects.create(
        designation=designation,
        effective_from=effective_from,
        full_day=full_day,
        half_day=half_day,
        supporting_full_day=percent_of(full_day, SUPPORTING_PERCENT),
        supporting_half_day=percent_of(half_day, SUPPORTING_PERCENT),
        live=False,
    )

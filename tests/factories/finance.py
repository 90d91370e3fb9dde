"""Rates, quotes and invoices, reached by running actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from alliance.models import MembershipTier, School
from alliance.roles import Role
from common.actions import Actor
from common.moderation import decide_on_document, submit_document
from finance.actions.credit_invoice import credit_invoice
from finance.actions.draft_invoices import draft_invoices
from finance.actions.issue_invoice import issue_invoice
from finance.actions.make_quote import make_quote
from finance.enums import MoneyRoute, VatTreatment
from finance.models import CancellationPolicy, Invoice, MembershipDiscountRate, Quote, RateCard
from finance.parties import Party
from finance.pricing import QuoteLineWanted
from finance.routes import TimeLine
from tests.conftest import NOON
from tests.factories.people import make_school, make_user

ALLIANCE = Party.alliance("Invented Alliance")
DAY = date(2026, 11, 18)
BROKER = Actor("Broker")
_numbers = count(1)


def pounds(amount: str | int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def draft_rate(full_day: int = 350, half_day: int = 175, share_full: int = 300, share_half: int = 150, **values: Any) -> RateCard:
    """A draft that finance wrote; all amounts in pounds."""
    given = {"designation": "SLE", "effective_from": date(2025, 9, 1), **values}
    rate = RateCard.objects.create(
        full_day=pounds(full_day), half_day=pounds(half_day), supporting_full_day=pounds(share_full), supporting_half_day=pounds(share_half),
        live=False, **given,
    )  # fmt: skip
    rate.save_revision(user=make_user(Role.FINANCE))
    return rate


def approve(rate: Any) -> Any:
    """Somebody of finance sends the latest draft in, an S2S lead approves it."""
    stored = type(rate).objects
    submit_document(document=rate, by=make_user(Role.FINANCE), at=NOON)
    decide_on_document(document=stored.get(pk=rate.pk), approve=True, by=make_user(Role.S2S_LEAD), at=NOON)
    return stored.get(pk=rate.pk)


def make_rate(*amounts: int, **values: Any) -> RateCard:
    """An approved rate: SLE, £350 and £175, £300 and £150 for the supporting school, unless told otherwise."""
    rate: RateCard = approve(draft_rate(*amounts, **values))
    return rate


def draft_discount(percent: str | int = 15, **values: Any) -> MembershipDiscountRate:
    """A draft that finance wrote, for the first tier and health check days unless told otherwise."""
    given = {"effective_from": date(2025, 9, 1), **values}
    given.setdefault("tier", MembershipTier.objects.get(key="member"))
    discount: MembershipDiscountRate = MembershipDiscountRate.objects.create(percent=Decimal(percent), live=False, **given)
    discount.save_revision(user=make_user(Role.FINANCE))
    return discount


def make_discount(percent: str | int = 15, **values: Any) -> MembershipDiscountRate:
    """An approved discount."""
    discount: MembershipDiscountRate = approve(draft_discount(percent, **values))
    return discount


def draft_policy(*bands: tuple[int, int], **values: Any) -> CancellationPolicy:
    """A draft that finance wrote: pairs of working days' notice and per cent; 10: 0, 5: 50 and 0: 100 unless told otherwise."""
    pairs = bands or ((10, 0), (5, 50), (0, 100))
    blocks = [("band", {"notice": notice, "percent": percent}) for notice, percent in pairs]
    policy: CancellationPolicy = CancellationPolicy.objects.create(
        live=False, **{"effective_from": date(2025, 9, 1), "bands": blocks, **values}
    )
    policy.save_revision(user=make_user(Role.FINANCE))
    return policy


def make_policy(*bands: tuple[int, int], **values: Any) -> CancellationPolicy:
    """An approved cancellation policy."""
    policy: CancellationPolicy = approve(draft_policy(*bands, **values))
    return policy


def line(half_days: int = 2, **values: Any) -> QuoteLineWanted:
    return QuoteLineWanted(**{"description": "Visits", "half_days": half_days, "designation": "SLE", **values})


def quote(*lines: QuoteLineWanted, reference: str = "S2S-1", on: date = DAY) -> Quote:
    return make_quote(source_kind="PROJECT", source_reference=reference, lines=lines, on=on, by=BROKER, at=NOON)


def make_quote_of(rate: RateCard, *, source_reference: str = "S2S-1", half_days: int = 2) -> Quote:
    """A quote that uses a rate."""
    wanted = line(half_days, designation=rate.designation, serves_on=rate.effective_from)
    return quote(wanted, reference=source_reference)


def time(charge: str | int = 350, share: str | int = 300, half_days: int = 2, reference: str | None = None) -> TimeLine:
    """Approved time of a leader; a piece of its own unless its reference is given."""
    reference = reference or f"TIME-{next(_numbers)}"
    return TimeLine("TIME", reference, f"Visit {reference}", half_days, pounds(charge), pounds(share))


def draft(*lines: TimeLine, case_reference: str = "S2S-1", issuer: School | None = None) -> Invoice:
    """The alliance's draft to the supported school, or with `issuer` that supporting school's."""
    route = MoneyRoute.SUPPORTING_SCHOOL_INVOICES if issuer else MoneyRoute.ALLIANCE_INVOICES
    return draft_invoices(
        route=route, payer=Party.of_school(make_school()), supporting_school=Party.of_school(issuer or make_school()), alliance=ALLIANCE,
        lines=lines or (time(),), case_reference=case_reference, by=make_user(Role.FINANCE), at=NOON,
    )[0]  # fmt: skip


def issue(invoice: Invoice, **values: Any) -> Invoice:
    given = {"vat_treatment": VatTreatment.OUTSIDE_SCOPE, "vat_percent": Decimal(0), "by": make_user(Role.FINANCE), "at": NOON, **values}
    return issue_invoice(invoice=invoice, **given)


def credit(invoice: Invoice, **values: Any) -> Invoice:
    return credit_invoice(invoice=invoice, **{"reason": "Wrong days", "by": make_user(Role.FINANCE), "at": NOON, **values})

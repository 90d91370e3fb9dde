"""Questions about rates, discounts and invoices that other apps ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from alliance.models import School
from alliance.queries import tier_of
from finance.enums import QUOTE_LINE, InvoicePurpose, Service
from finance.models import InvoiceLine, MembershipDiscountRate, RateCard
from finance.models.invoices import Invoice, InvoiceQuerySet


def rate_in_force(designation: str, on: date) -> RateCard | None:
    """The approved rate of a designation (`""` for none) on a day of service."""
    rate: RateCard | None = RateCard.objects.on(on, designation=designation)
    return rate


def discount_in_force(school: School | None, service: Service, on: date) -> MembershipDiscountRate | None:
    """
    What a school pays less for a service on a day, by the tier of its membership then (H1).

    None for a school that is no member, where no discount is approved, and where the one in force is 0 per cent.
    """
    tier = tier_of(school, on) if school else None
    found: MembershipDiscountRate | None = MembershipDiscountRate.objects.on(on, tier=tier, service=service) if tier else None
    return found if found and found.percent else None


def invoices_of_case(case_reference: str) -> InvoiceQuerySet:
    """All invoices of a case with their credit notes, the newest first; `.unsettled()` of them keep the case from closing."""
    return Invoice.objects.filter(case_reference=case_reference).select_related("issuer", "credit_note")


def lines_in_advance() -> QuerySet[InvoiceLine]:
    """Lines of the invoices in advance that count: neither thrown away nor credited."""
    return InvoiceLine.objects.filter(purpose=InvoicePurpose.CHARGE, source_kind=QUOTE_LINE, is_void=False)


def billed(purpose: InvoicePurpose, source_kind: str, references: Iterable[str]) -> set[str]:
    """Which of these pieces of work are on an invoice for the purpose that counts."""
    lines = InvoiceLine.objects.filter(purpose=purpose, source_kind=source_kind, source_reference__in=list(references), is_void=False)
    return set(lines.values_list("source_reference", flat=True))

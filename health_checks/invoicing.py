"""A day that was signed off, or a fee that is owed, becomes drafts of invoices in the core; finance issues them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actions import By
from common.in_words import day_to_keep
from finance.actions.discard_invoice import discard_invoice
from finance.actions.draft_service_invoices import draft_service_invoices
from finance.enums import InvoiceStatus, MoneyRoute
from finance.models import Invoice, InvoiceLine
from finance.money import percent_of
from finance.parties import Party
from finance.routes import TimeLine
from health_checks.enums import DayState
from health_checks.models import Assignment, Day, HealthCheckSettings
from portal.alliance_name import alliance_name

DAY_GIVEN, FEE_OWED = "HEALTH_CHECK_DAY", "HEALTH_CHECK_FEE"
"""Kinds of work on an invoice's line; the reference beside them is the assignment's key."""
WHOLE = Decimal(100)


def invoice_day(day: Day, *, by: By, at: datetime) -> None:
    """Draft what the frozen lines of a day that was held ask for, by the alliance's money route (D3). Part of an action."""
    _draft(day, DAY_GIVEN, _("Health check, %(day)s, %(leader)s"), WHOLE, HealthCheckSettings.current().money_route, by=by, at=at)


def invoice_fee(day: Day, *, by: By, at: datetime) -> None:
    """Draft the fee of a day that was not held, or ended early, unless nothing is owed. Part of an action."""
    if day.fee_due:
        what = (
            _("Part of the health check on %(day)s, %(leader)s, which was ended early")
            if day.state == DayState.ENDED_EARLY
            else _("Fee for the health check on %(day)s, %(leader)s, which was not held")
        )
        _draft(day, FEE_OWED, what, Decimal(day.fee_percent or 0), HealthCheckSettings.current().money_route, by=by, at=at)


def _draft(day: Day, kind: str, what: str, percent: Decimal, route: str, *, by: By, at: datetime) -> None:
    case = day.series.case
    if case.supported_school is None:
        raise ValueError("A booked day has a school.")
    for assignment, line in _lines(day, kind, what, percent):
        draft_service_invoices(
            route=MoneyRoute(route),
            payer=Party.of_school(case.supported_school),
            supporting_school=Party.of_school(assignment.given.supporting_school),
            alliance=Party.alliance(alliance_name()),
            lines=[line],
            case_reference=case.reference,
            po_number=day.series.po_number,
            by=by,
            at=at,
        )


def _lines(day: Day, kind: str, what: str, percent: Decimal) -> Iterator[tuple[Assignment, TimeLine]]:
    """A line for each leader, at the frozen amounts. A fee is the same part of charge and share; the parts sum to it to the penny."""
    standing = day.assignments.standing().exclude(quote_line=None)
    standing = standing.select_related(
        "quote_line", "leader__user", "supporting_school", "finishes_for__leader__user", "finishes_for__supporting_school"
    )
    left = day.fee_due if kind == FEE_OWED else None
    rows = list(standing)
    for number, assignment in enumerate(rows, start=1):
        line = assignment.quote_line
        if line is None:
            continue
        charge = percent_of(line.charge, percent)
        if left is not None:
            charge = left if number == len(rows) else min(charge, left)
            left -= charge
        share = min(percent_of(line.supporting_share, percent), charge)
        description = what % {"day": day_to_keep(day.date), "leader": assignment.given.leader}
        yield assignment, TimeLine(kind, str(assignment.pk), description, day.half_days, charge, share)


def issued_for_fee(day: Day) -> QuerySet[Invoice]:
    """Invoices for the day's fee that were issued and not credited since."""
    standing = (InvoiceStatus.ISSUED, InvoiceStatus.QUERIED, InvoiceStatus.PAID)
    return Invoice.objects.filter(status__in=standing, lines__in=_lines_for(day, FEE_OWED)).distinct().order_by("pk")


def _lines_for(day: Day, kind: str) -> QuerySet[InvoiceLine]:
    keys = [str(key) for key in day.assignments.values_list("pk", flat=True)]
    return InvoiceLine.objects.filter(source_kind=kind, source_reference__in=keys, is_void=False)


def drop_drafts(day: Day, kind: str, *, by: By, at: datetime, reason: str) -> None:
    """Throw away the drafts for a day that are not issued. Raises `PermissionDenied` unless by somebody who handles invoices."""
    for invoice in Invoice.objects.filter(status=InvoiceStatus.DRAFT, lines__in=_lines_for(day, kind)).distinct().order_by("pk"):
        discard_invoice(invoice=invoice, by=by, at=at, reason=reason)

"""The one writer of an invoice's status."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from common.actions import By
from finance.enums import VOID, InvoiceStatus
from finance.models import Invoice
from finance.permissions import check_user_can_handle_invoices
from finance.policies import check_move_is_listed, lock_invoice
from finance.signals import invoice_handled, invoice_moved


def begin_move(invoice: Invoice, source: Collection[InvoiceStatus], to: InvoiceStatus, *, by: By, reason: str = "") -> Invoice:
    """
    The invoice, locked and free to make a listed move from one of the sources: two verbs may lead to one status.

    Raises `PermissionDenied`, `IllegalMove`, `ReasonMissing`, and what a receiver of `invoice_handled` refuses.
    """
    check_user_can_handle_invoices(by)
    invoice_handled.send(sender=Invoice, invoice=invoice, by=by)
    invoice = lock_invoice(invoice)
    check_move_is_listed(invoice, source, to, reason)
    return invoice


def finish_move(invoice: Invoice, to: InvoiceStatus, *, at: datetime, reason: str = "", **facts: Any) -> Invoice:
    """Write the new status with what belongs to it, and say so. Lines of an invoice that counts for nothing now may be billed again."""
    invoice.status, invoice.note = to, reason
    for name, value in facts.items():
        setattr(invoice, name, value)
    invoice.save()
    if to in VOID:
        for line in invoice.lines.all():
            line.is_void = True
            line.save()
    invoice_moved.send(sender=Invoice, invoice=invoice, at=at)
    return invoice

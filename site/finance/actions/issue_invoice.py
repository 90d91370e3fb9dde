from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from common.actions import By, action
from finance.enums import InvoiceStatus
from finance.models import Invoice, InvoiceIssuer
from finance.money import NOTHING, percent_of
from finance.moves import begin_move, finish_move
from finance.policies import check_vat_is_chosen

TERMS = timedelta(days=28)
"""From the issue to the day an invoice is due: 28 days, the terms seen at real alliances."""


@action
def issue_invoice(
    *, invoice: Invoice, vat_treatment: str, vat_percent: Decimal | None, po_number: str = "", by: By, at: datetime, reason: str = ""
) -> Invoice:
    """
    Issue a draft: it gets the next number of its issuer, its dates and VAT, all in one transaction (promise 8).

    VAT is rounded for each line and then summed. A purchase order number given here replaces the draft's. Raises
    `PermissionDenied`, `IllegalMove`, also for one that is issued already, and `VatNotChosen`; no number is used then.
    """
    invoice = begin_move(invoice, (InvoiceStatus.DRAFT,), InvoiceStatus.ISSUED, by=by)
    check_vat_is_chosen(vat_treatment, vat_percent)
    percent = vat_percent or NOTHING
    issuer = InvoiceIssuer.objects.select_for_update(of=("self",)).get(pk=invoice.issuer_id)
    issuer.last_number += 1
    issuer.save()
    issued_on = timezone.localdate(at)
    return finish_move(
        invoice,
        InvoiceStatus.ISSUED,
        at=at,
        reason=reason,
        sequence=issuer.last_number,
        number=f"{issuer.prefix}-{issuer.last_number:04}",
        issued_on=issued_on,
        due_on=issued_on + TERMS,
        po_number=po_number or invoice.po_number,
        vat_treatment=vat_treatment,
        vat_percent=percent,
        vat=sum((percent_of(line.amount, percent) for line in invoice.lines.all()), NOTHING),
    )

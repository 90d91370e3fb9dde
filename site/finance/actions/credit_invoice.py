from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from common.actions import Actor, By, action
from finance.enums import InvoiceStatus
from finance.models import CreditNote, Invoice, InvoiceIssuer
from finance.money import NOTHING
from finance.moves import begin_move, finish_move


@action
def credit_invoice(*, invoice: Invoice, by: By, at: datetime, reason: str) -> Invoice:
    """
    Take back an issued invoice in full, by a credit note under the next number of its issuer (promise 8).

    The invoice keeps its own number; its work may be billed again. Raises `PermissionDenied`, `IllegalMove` and
    `ReasonMissing`; no number is used then.
    """
    invoice = begin_move(invoice, (InvoiceStatus.ISSUED, InvoiceStatus.QUERIED), InvoiceStatus.CREDITED, by=by, reason=reason)
    issuer = InvoiceIssuer.objects.select_for_update(of=("self",)).get(pk=invoice.issuer_id)
    issuer.last_credit_number += 1
    issuer.save()
    CreditNote.objects.create(
        invoice=invoice,
        issuer=issuer,
        sequence=issuer.last_credit_number,
        number=f"{issuer.prefix}-C{issuer.last_credit_number:04}",
        credited_on=timezone.localdate(at),
        credited_by=Actor.of(by).name,
        net=invoice.net,
        vat=invoice.vat or NOTHING,
        reason=reason,
    )
    return finish_move(invoice, InvoiceStatus.CREDITED, at=at, reason=reason)

from datetime import datetime

from common.actions import By, action
from finance.enums import InvoiceStatus
from finance.models import Invoice
from finance.moves import begin_move, finish_move


@action
def discard_invoice(*, invoice: Invoice, by: By, at: datetime, reason: str) -> Invoice:
    """
    Throw away a draft that is wrong. It never had a number; its work may be billed again.

    Raises `PermissionDenied`, `IllegalMove` and `ReasonMissing`.
    """
    invoice = begin_move(invoice, (InvoiceStatus.DRAFT,), InvoiceStatus.DISCARDED, by=by, reason=reason)
    return finish_move(invoice, InvoiceStatus.DISCARDED, at=at, reason=reason)

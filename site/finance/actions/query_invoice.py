from datetime import datetime

from common.actions import By, action
from finance.enums import InvoiceStatus
from finance.models import Invoice
from finance.moves import begin_move, finish_move


@action
def query_invoice(*, invoice: Invoice, by: By, at: datetime, reason: str) -> Invoice:
    """
    Record that the payer questions an issued invoice; `reason` is what they say.

    Raises `PermissionDenied`, `IllegalMove` and `ReasonMissing`.
    """
    invoice = begin_move(invoice, (InvoiceStatus.ISSUED,), InvoiceStatus.QUERIED, by=by, reason=reason)
    return finish_move(invoice, InvoiceStatus.QUERIED, at=at, reason=reason)

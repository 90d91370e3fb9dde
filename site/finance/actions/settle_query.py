from datetime import datetime

from common.actions import By, action
from finance.enums import InvoiceStatus
from finance.models import Invoice
from finance.moves import begin_move, finish_move


@action
def settle_query(*, invoice: Invoice, by: By, at: datetime, reason: str) -> Invoice:
    """
    Record that a queried invoice stands after all, and why. Number and dates stay as they are.

    Raises `PermissionDenied`, `IllegalMove` and `ReasonMissing`.
    """
    invoice = begin_move(invoice, (InvoiceStatus.QUERIED,), InvoiceStatus.ISSUED, by=by, reason=reason)
    return finish_move(invoice, InvoiceStatus.ISSUED, at=at, reason=reason)

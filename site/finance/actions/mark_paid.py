from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common.actions import By, action
from finance.enums import InvoiceStatus
from finance.models import Invoice
from finance.moves import begin_move, finish_move
from finance.policies import PaidInFuture


@action
def mark_paid(*, invoice: Invoice, paid_on: date, by: By, at: datetime, reason: str = "") -> Invoice:
    """
    Record that an invoice was paid in full on a day.

    Raises `PermissionDenied`, `IllegalMove` and `PaidInFuture`.
    """
    invoice = begin_move(invoice, (InvoiceStatus.ISSUED, InvoiceStatus.QUERIED), InvoiceStatus.PAID, by=by)
    if paid_on > timezone.localdate(at):
        raise PaidInFuture(_("The day of payment cannot be in the future."))
    return finish_move(invoice, InvoiceStatus.PAID, at=at, reason=reason, paid_on=paid_on)

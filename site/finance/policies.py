"""When an invoice may move, and the rows that are locked while it does."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from common.actions import IllegalMove, ReasonMissing, Refusal
from finance.enums import VAT_CHARGED, InvoiceStatus, VatTreatment
from finance.models import Invoice
from finance.transitions import find_move


class VatNotChosen(Refusal):
    """VAT treatment and rate are missing, or do not go together."""


class WorkIsBilled(Refusal):
    """A piece of work is on another invoice for the same purpose."""


class NothingToBill(Refusal):
    """What there is to bill costs nothing."""


class PaidInFuture(Refusal):
    """The day of payment has not come yet."""


def lock_invoice(invoice: Invoice) -> Invoice:
    """Read the invoice again, locked until the transaction ends: one move at a time."""
    return Invoice.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=invoice.pk)


def check_move_is_listed(invoice: Invoice, source: Collection[InvoiceStatus], target: InvoiceStatus, reason: str) -> None:
    move = find_move(invoice.status, target) if invoice.status in source else None
    if move is None:
        raise IllegalMove(
            _("An invoice that is “%(now)s” cannot become “%(then)s”.") % {"now": invoice.get_status_display(), "then": target.label}
        )
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(_("Give a reason."))


def check_vat_is_chosen(treatment: str, percent: Decimal | None) -> None:
    """There is no usual treatment and no usual rate: finance says both for every invoice."""
    if treatment not in VatTreatment.values or percent is None:
        raise VatNotChosen(_("Choose how VAT applies and at what rate."))
    if treatment in VAT_CHARGED and not 0 < percent < 100:
        raise VatNotChosen(_("Give the rate of VAT: above 0 and below 100 per cent."))
    if treatment not in VAT_CHARGED and percent != 0:
        raise VatNotChosen(_("With this treatment the rate of VAT is 0 per cent."))

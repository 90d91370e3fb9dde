"""Writing invoices that were found to be wanted."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from finance.models import Invoice, InvoiceIssuer, InvoiceLine
from finance.models.invoices import ALLIANCE_PREFIX
from finance.parties import Party
from finance.policies import WorkIsBilled
from finance.routes import InvoiceWanted, TimeLine

TEXT_LENGTH = 300


def save_drafts(wanted: list[InvoiceWanted], *, case_reference: str, po_number: str, at: datetime) -> list[Invoice]:
    """Write each wanted invoice as a draft. Raises `WorkIsBilled`, also when two bill the same work at once."""
    return [_save_draft(invoice, case_reference=case_reference, po_number=po_number, at=at) for invoice in wanted]


def issuer_of(party: Party) -> InvoiceIssuer:
    """The series of the alliance or of a school, begun when it is first needed."""
    if party.is_alliance:
        return InvoiceIssuer.objects.get_or_create(prefix=ALLIANCE_PREFIX)[0]
    if party.school is None:
        raise ValueError("Invoices are issued by the alliance and by schools.")
    return InvoiceIssuer.objects.get_or_create(prefix=party.school.pk, defaults={"school": party.school})[0]


def _save_draft(wanted: InvoiceWanted, *, case_reference: str, po_number: str, at: datetime) -> Invoice:
    invoice = Invoice(
        issuer=issuer_of(wanted.issuer),
        issuer_name=wanted.issuer.name,
        issuer_address=wanted.issuer.address,
        payer_school=wanted.payer.school,
        payer_organisation=wanted.payer.organisation,
        payer_name=wanted.payer.name,
        payer_address=wanted.payer.address,
        purpose=wanted.purpose,
        case_reference=case_reference,
        po_number=po_number,
        drafted_at=at,
        net=wanted.amount,
    )
    invoice.save()
    for position, line in enumerate(wanted.lines, start=1):
        _save_line(invoice, position, line, wanted)
    return invoice


def _save_line(invoice: Invoice, position: int, line: TimeLine, wanted: InvoiceWanted) -> None:
    row = InvoiceLine(
        invoice=invoice,
        position=position,
        description=line.description[:TEXT_LENGTH],
        half_days=line.half_days,
        amount=line.amount_for(wanted.purpose),
        purpose=wanted.purpose,
        source_kind=line.source_kind,
        source_reference=line.source_reference,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        same = InvoiceLine.objects.filter(
            purpose=row.purpose, source_kind=row.source_kind, source_reference=row.source_reference, is_void=False
        )
        if not same.exists():
            raise
        raise WorkIsBilled(_("“%(work)s” is on an invoice already, so nothing was drafted.") % {"work": line.description}) from clash

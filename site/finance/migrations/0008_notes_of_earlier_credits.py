"""A credit note for each invoice that was credited before there were any, in the order in which they were credited."""

from django.db import migrations
from django.utils import timezone

ACTOR = "installation"


def write_notes(apps, schema_editor):
    """Running it again writes none: an invoice with its note is left out."""
    invoices = apps.get_model("finance", "Invoice").objects.filter(status="CREDITED", credit_note=None)
    credited = sorted(((_first_credited(apps, invoice), invoice) for invoice in invoices), key=lambda pair: (pair[0].history_date, pair[1].pk))
    for moment, invoice in credited:
        _write_note(apps, invoice, moment)


def _first_credited(apps, invoice):
    """The row of history that tells when it was credited and by whom."""
    rows = apps.get_model("finance", "HistoricalInvoice").objects.filter(id=invoice.pk, status="CREDITED")
    return rows.order_by("history_date", "history_id").first()


def _write_note(apps, invoice, moment):
    issuer = apps.get_model("finance", "InvoiceIssuer").objects.select_for_update().get(pk=invoice.issuer_id)
    issuer.last_credit_number += 1
    issuer.save()
    values = {
        "invoice_id": invoice.pk,
        "issuer_id": issuer.pk,
        "sequence": issuer.last_credit_number,
        "number": f"{issuer.prefix}-C{issuer.last_credit_number:04}",
        "credited_on": timezone.localdate(moment.history_date),
        "credited_by": moment.history_actor,
        "net": invoice.net,
        "vat": invoice.vat,
        "reason": invoice.note or moment.history_change_reason or "–",
    }
    note = apps.get_model("finance", "CreditNote").objects.create(**values)
    told = {"history_date": timezone.now(), "history_actor": ACTOR}
    # Whoever credited it is the author of the note, so that their name can be found and erased as the law asks.
    author = {"history_user_id": moment.history_user_id, "history_type": "+"}
    apps.get_model("finance", "HistoricalCreditNote").objects.create(id=note.pk, **values, **told, **author)
    of_issuer = {"id": issuer.pk, "school_id": issuer.school_id, "prefix": issuer.prefix, "last_number": issuer.last_number}
    apps.get_model("finance", "HistoricalInvoiceIssuer").objects.create(
        **of_issuer, last_credit_number=issuer.last_credit_number, **told, history_type="~"
    )


class Migration(migrations.Migration):
    dependencies = [("finance", "0007_credit_notes")]

    # Back, the notes stay until their table goes with 0007: what was credited is not undone by a migration.
    operations = [migrations.RunPython(write_notes, migrations.RunPython.noop)]

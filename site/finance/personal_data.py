"""What finance holds on a person: who made a quote or credited an invoice. Invoices name schools and organisations; the law keeps them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alliance.models import User
from common.personal_data import ERASED, PersonalData, erase_in_history
from finance.models import CreditNote, Quote


def _quotes_by(user: User) -> QuerySet[Quote]:
    made = Quote.history.filter(history_user=user, history_type="+").values("id")
    return Quote.objects.filter(pk__in=made).order_by("pk")


def _credit_notes_by(user: User) -> QuerySet[CreditNote]:
    made = CreditNote.history.filter(history_user=user, history_type="+").values("id")
    return CreditNote.objects.filter(pk__in=made).order_by("pk")


def export_finance_data(user: User) -> PersonalData:
    return {
        "quotes made": list(_quotes_by(user).values("source_kind", "source_reference", "version", "made_at", "made_by")),
        "invoices credited": list(_credit_notes_by(user).values("number", "credited_on", "credited_by", "reason")),
    }


def erase_finance_data(user: User, at: datetime) -> None:
    """Take the name out of quotes and credit notes; what they say stays."""
    for quote in _quotes_by(user):
        # Quotes are written once; the law is the one exception.
        Quote.objects.filter(pk=quote.pk).update(made_by=ERASED)
        erase_in_history(quote, made_by=ERASED)
    for note in _credit_notes_by(user):
        CreditNote.objects.filter(pk=note.pk).update(credited_by=ERASED)
        erase_in_history(note, credited_by=ERASED)

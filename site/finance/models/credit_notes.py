"""Credit notes: what takes an issued invoice back, under numbers of their own without gaps."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import History
from finance.models.frozen import Frozen
from finance.models.invoices import Invoice, InvoiceIssuer


class CreditNote(Frozen):
    """
    The taking back of one invoice, whole, in pounds. Its number is the next of the issuer's series of credit notes.

    Written by `credit_invoice` alone. `credited_by` names whoever did it.
    """

    never_changed = _("A credit note is never changed.")
    never_deleted = _("A credit note is never deleted.")

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="credit_note", verbose_name=_("invoice"))
    issuer = models.ForeignKey(InvoiceIssuer, on_delete=models.PROTECT, related_name="credit_notes", verbose_name=_("issuer"))
    sequence = models.PositiveIntegerField(editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    credited_on = models.DateField(_("credited"))
    credited_by = models.TextField(_("credited by"))
    net = models.DecimalField(_("before VAT"), max_digits=10, decimal_places=2, help_text=_("Pounds."))
    vat = models.DecimalField(_("VAT"), max_digits=10, decimal_places=2, help_text=_("Pounds."))
    reason = models.TextField(_("why"), max_length=1000)

    history = History()

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-credited_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "sequence"], name="one_credit_note_per_number"),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="credit_notes_count_from_one"),
            models.CheckConstraint(condition=Q(net__gt=0, vat__gte=0), name="credit_note_gives_something_back"),
            models.CheckConstraint(condition=~Q(reason=""), name="credit_note_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.invoice}"

    @property
    def gross(self) -> Decimal:
        """Pounds that are not to be paid any more."""
        return self.net + self.vat

"""The buttons of an invoice in the admin: each asks for what its action needs, and calls it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from common.admin_actions import ActionView
from finance.actions.credit_invoice import credit_invoice
from finance.actions.discard_invoice import discard_invoice
from finance.actions.issue_invoice import issue_invoice
from finance.actions.mark_paid import mark_paid
from finance.actions.query_invoice import query_invoice
from finance.actions.settle_query import settle_query
from finance.enums import InvoiceStatus, VatTreatment
from finance.models import Invoice


class IssueForm(forms.Form):
    """Nothing is chosen beforehand: how VAT applies is decided for every invoice."""

    vat_treatment = forms.ChoiceField(label=_("How VAT applies"), choices=[("", _("Choose")), *VatTreatment.choices])
    vat_percent = forms.DecimalField(
        label=_("Rate of VAT, per cent"),
        min_value=Decimal(0),
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        help_text=_("0 for zero rate, exempt and outside the scope."),
    )
    po_number = forms.CharField(
        label=_("Purchase order number"), max_length=60, required=False, help_text=_("If the payer gave one. Empty keeps the draft’s.")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class PaidForm(forms.Form):
    paid_on = forms.DateField(label=_("Day of payment"), widget=AdminDateInput)


class InvoiceActionView(ActionView):
    permission_required = "handle"
    offered_for: tuple[InvoiceStatus, ...]

    @classmethod
    def is_offered(cls, instance: Invoice) -> bool:
        return instance.status in cls.offered_for


class IssueView(InvoiceActionView):
    name = "issue"
    offered_for = (InvoiceStatus.DRAFT,)
    form_class = IssueForm
    page_title = button_label = _("Issue")
    explanation = _("The invoice gets its number and is due in 28 days. After this it is not changed any more, only credited.")
    success_message = _("The invoice was issued: %(object)s.")

    def act(self, form: Any) -> None:
        self.object: Invoice = issue_invoice(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class PaidView(InvoiceActionView):
    name = "paid"
    offered_for = (InvoiceStatus.ISSUED, InvoiceStatus.QUERIED)
    form_class = PaidForm
    page_title = button_label = _("Mark as paid")
    success_message = _("The invoice is marked as paid: %(object)s.")

    def get_initial(self) -> dict[str, Any]:
        return {"paid_on": timezone.localdate()}

    def act(self, form: Any) -> None:
        mark_paid(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class QueryView(InvoiceActionView):
    name = "query"
    offered_for = (InvoiceStatus.ISSUED,)
    form_class = ReasonForm
    header_icon = "help"
    page_title = button_label = _("Record a query")
    explanation = _("What does the payer question?")
    success_message = _("The query was recorded: %(object)s.")

    def act(self, form: Any) -> None:
        query_invoice(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class SettleView(InvoiceActionView):
    name = "settle"
    offered_for = (InvoiceStatus.QUERIED,)
    form_class = ReasonForm
    page_title = button_label = _("Settle the query")
    explanation = _("The invoice stands as it was issued. If it was wrong, credit it instead.")
    success_message = _("The query was settled: %(object)s.")

    def act(self, form: Any) -> None:
        settle_query(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class CreditView(InvoiceActionView):
    name = "credit"
    offered_for = (InvoiceStatus.ISSUED, InvoiceStatus.QUERIED)
    form_class = ReasonForm
    header_icon = "undo"
    page_title = button_label = _("Credit")
    explanation = _("The invoice is taken back in full by a credit note. It keeps its number, and its work may be invoiced again.")
    success_message = _("The invoice was credited: %(object)s.")

    def act(self, form: Any) -> None:
        credit_invoice(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class DiscardView(InvoiceActionView):
    name = "discard"
    offered_for = (InvoiceStatus.DRAFT,)
    form_class = ReasonForm
    header_icon = "bin"
    page_title = button_label = _("Throw the draft away")
    explanation = _("It never had a number. Its work may be invoiced again.")
    success_message = _("The draft was thrown away: %(object)s.")

    def act(self, form: Any) -> None:
        discard_invoice(invoice=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)

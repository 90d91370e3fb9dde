"""Rates, quotes and invoices in the Wagtail admin: rates go through moderation, the others change by actions alone."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.admin import DomainInspectView, DomainSnippetViewSet, FixedOnceSavedForm
from finance.invoice_views import CreditView, DiscardView, IssueView, PaidView, QueryView, SettleView
from finance.models import (
    CancellationPolicy,
    CreditNote,
    Invoice,
    InvoiceIssuer,
    InvoiceLine,
    MembershipDiscountRate,
    Quote,
    QuoteLine,
    RateCard,
)
from finance.models.effective import IS_USED
from finance.scope import MoneyViewSet

READ_ONLY = frozenset({"add", "change", "delete"})
AMOUNTS = ("full_day", "half_day", "supporting_full_day", "supporting_half_day")


class EffectiveDatedForm(FixedOnceSavedForm):
    """The model's rules as errors beside the form; what a quote used is not edited at all."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if self.instance.is_used():
            self.add_error(None, IS_USED)
        return data


class RateCardForm(EffectiveDatedForm):
    fixed_fields = ("designation", "supersedes")


class MembershipDiscountRateForm(EffectiveDatedForm):
    fixed_fields = ("tier", "service", "supersedes")


class CancellationPolicyForm(EffectiveDatedForm):
    fixed_fields = ("service", "supersedes")


class RateCardViewSet(DomainSnippetViewSet):
    model = RateCard
    icon = "tag"
    menu_order = 100
    list_display = ["__str__", "full_day", "half_day", "state"]
    list_filter = {"designation": ["exact"], "effective_from": ["gte", "lte"], "live": ["exact"], "is_superseded": ["exact"]}
    list_export = ["designation", "effective_from", *AMOUNTS, "state", "supersedes_id"]
    search_fields = ["designation"]
    inspect_view_fields = [
        "designation", "effective_from", *AMOUNTS, "brokerage_full_day", "brokerage_half_day", "state", "supersedes",
    ]  # fmt: skip
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("designation"), FieldPanel("effective_from")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("full_day"), FieldPanel("supporting_full_day")]),
                    FieldRowPanel([FieldPanel("half_day"), FieldPanel("supporting_half_day")]),
                ],
                heading=gettext_lazy("Rates"),
            ),
            FieldPanel("supersedes", widget=Select),
        ],
        base_form_class=RateCardForm,
    )


class MembershipDiscountRateViewSet(DomainSnippetViewSet):
    model = MembershipDiscountRate
    icon = "tag"
    menu_order = 110
    list_display = ["__str__", "percent", "state"]
    list_select_related = ("tier",)
    list_filter = {
        "tier": ["exact"], "service": ["exact"], "effective_from": ["gte", "lte"], "live": ["exact"], "is_superseded": ["exact"],
    }  # fmt: skip
    list_export = ["tier", "service", "effective_from", "percent", "state", "supersedes_id"]
    search_fields = ["tier__name"]
    inspect_view_fields = ["tier", "service", "effective_from", "percent", "state", "supersedes"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("tier", widget=Select), FieldPanel("service")]),
            FieldRowPanel([FieldPanel("percent"), FieldPanel("effective_from")]),
            FieldPanel("supersedes", widget=Select),
        ],
        base_form_class=MembershipDiscountRateForm,
    )


class CancellationPolicyViewSet(DomainSnippetViewSet):
    model = CancellationPolicy
    icon = "calendar-alt"
    menu_order = 120
    list_display = ["__str__", "fees", "state"]
    list_filter = {"service": ["exact"], "effective_from": ["gte", "lte"], "live": ["exact"], "is_superseded": ["exact"]}
    list_export = ["service", "effective_from", "fees", "state", "supersedes_id"]
    search_fields = ["service"]
    inspect_view_fields = ["service", "effective_from", "fees", "state", "supersedes"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("service"), FieldPanel("effective_from")]),
            FieldPanel("bands"),
            FieldPanel("supersedes", widget=Select),
        ],
        base_form_class=CancellationPolicyForm,
    )


class WithLinesInspectView(DomainInspectView):
    """A quote or an invoice with its lines, as its reader expects to see it."""

    line_amounts: tuple[str, ...] = ()

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _("Lines") if field_name == "lines" else super().get_field_label(field_name, field)

    def get_lines_display_value(self) -> Any:
        rows = [
            (line.description, line.half_days, ", ".join(f"£{getattr(line, name):,.2f}" for name in self.line_amounts))
            for line in self.object.lines.order_by("position")
        ]
        return format_html("<ul>{}</ul>", format_html_join("", _("<li>{}: {} half days, {}</li>"), rows))


class QuoteInspectView(WithLinesInspectView):
    line_amounts = ("charge", "supporting_share")


class InvoiceInspectView(WithLinesInspectView):
    line_amounts = ("amount",)

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _("Credit note") if field_name == "credit_note" else super().get_field_label(field_name, field)

    def get_credit_note_display_value(self) -> Any:
        note = CreditNote.objects.filter(invoice=self.object).first()
        if note is None:
            return "–"
        url = reverse(f"{CreditNote.snippet_viewset.url_namespace}:inspect", args=[note.pk])  # type: ignore[attr-defined]  # Wagtail sets it
        return format_html('<a href="{}">{}</a>', url, note.number)


class QuoteViewSet(MoneyViewSet):
    model = Quote
    reference_path = "source_reference"
    icon = "doc-full"
    menu_order = 200
    refused = READ_ONLY
    inspect_view_class = QuoteInspectView
    inspect_view_fields = [
        "source_kind", "source_reference", "version", "made_at", "made_by", "lines", "total", "supporting_total", "cancellation_policy",
    ]  # fmt: skip
    list_display = ["source_reference", "source_kind", "version", "total", "supporting_total", "made_at"]
    list_filter = {"source_kind": ["exact"], "made_at": ["gte", "lte"]}
    list_export = ["source_kind", "source_reference", "version", "total", "supporting_total", "made_at", "made_by"]
    search_fields = ["source_reference"]
    panels = [FieldPanel(name, read_only=True) for name in ("source_reference", "version", "total", "supporting_total")]


class QuoteLineViewSet(MoneyViewSet):
    model = QuoteLine
    reference_path = "quote__source_reference"
    icon = "list-ul"
    menu_order = 210
    refused = READ_ONLY
    list_display = ["quote", "description", "leader", "half_days", "discount", "charge", "supporting_share", "is_reciprocal"]
    list_select_related = ("quote", "leader__user")
    list_filter = {"designation": ["exact"], "is_reciprocal": ["exact"], "served_on": ["gte", "lte"]}
    list_export = [
        "quote", "position", "description", "leader", "designation", "served_on", "half_days", "rate_card_id", "discount_rate_id",
        "discount", "charge", "supporting_share", "is_reciprocal", "override_reason",
    ]  # fmt: skip
    search_fields = ["description", "quote__source_reference"]
    panels = [FieldPanel(name, read_only=True) for name in ("quote", "description", "half_days", "charge", "supporting_share")]


class InvoiceViewSet(MoneyViewSet):
    model = Invoice
    reference_path = "case_reference"
    icon = "form"
    menu_order = 300
    refused = READ_ONLY
    action_views = (IssueView, PaidView, QueryView, SettleView, CreditView, DiscardView)
    inspect_view_class = InvoiceInspectView
    inspect_view_fields = [
        "number", "status", "note", "issuer_name", "issuer_address", "payer_name", "payer_address", "purpose", "case_reference",
        "po_number", "drafted_at", "issued_on", "due_on", "paid_on", "lines", "net", "vat_treatment", "vat_percent", "vat", "gross",
        "credit_note",
    ]  # fmt: skip
    list_display = ["__str__", "issuer_name", "case_reference", "purpose", "status", "net", "issued_on", "due_on"]
    list_filter = {
        "status": ["exact"], "purpose": ["exact"], "issuer_name": ["icontains"], "issued_on": ["gte", "lte"], "due_on": ["lte"],
    }  # fmt: skip
    list_export = [
        "number", "status", "issuer_name", "payer_name", "payer_school_id", "purpose", "case_reference", "po_number", "issued_on", "due_on",
        "paid_on", "net", "vat_treatment", "vat_percent", "vat", "gross",
    ]  # fmt: skip
    export_headings = {"payer_school_id": gettext_lazy("URN")}
    search_fields = ["number", "payer_name", "issuer_name", "case_reference", "po_number"]
    panels = [FieldPanel(name, read_only=True) for name in ("number", "status", "payer_name", "net", "vat")]


class InvoiceLineViewSet(MoneyViewSet):
    model = InvoiceLine
    reference_path = "invoice__case_reference"
    icon = "list-ul"
    menu_order = 310
    refused = READ_ONLY
    list_display = ["invoice", "description", "purpose", "half_days", "amount", "is_void"]
    list_select_related = ("invoice",)
    list_filter = {"purpose": ["exact"], "is_void": ["exact"], "invoice__status": ["exact"]}
    list_export = [
        "invoice.number", "position", "description", "purpose", "half_days", "amount", "source_kind", "source_reference", "is_void",
    ]  # fmt: skip
    export_headings = {"invoice.number": gettext_lazy("Invoice")}
    search_fields = ["description", "source_reference", "invoice__number", "invoice__case_reference"]
    panels = [FieldPanel(name, read_only=True) for name in ("invoice", "description", "half_days", "amount")]


class CreditNoteViewSet(MoneyViewSet):
    model = CreditNote
    reference_path = "invoice__case_reference"
    icon = "undo"
    menu_order = 320
    refused = READ_ONLY
    inspect_view_fields = ["number", "invoice", "credited_on", "credited_by", "reason", "net", "vat", "gross"]
    list_display = ["number", "invoice", "credited_on", "net", "vat", "reason"]
    list_select_related = ("invoice",)
    list_filter = {"credited_on": ["gte", "lte"], "invoice__issuer_name": ["icontains"], "invoice__purpose": ["exact"]}
    list_export = [
        "number", "invoice.number", "invoice.issuer_name", "invoice.payer_name", "invoice.case_reference", "credited_on", "credited_by",
        "reason", "net", "vat", "gross",
    ]  # fmt: skip
    export_headings = {
        "invoice.number": gettext_lazy("Invoice"), "invoice.issuer_name": gettext_lazy("Issued by"),
        "invoice.payer_name": gettext_lazy("To"), "invoice.case_reference": gettext_lazy("Case"),
    }  # fmt: skip
    search_fields = ["number", "invoice__number", "invoice__payer_name", "invoice__case_reference"]
    panels = [FieldPanel(name, read_only=True) for name in ("number", "invoice", "credited_on", "reason", "net", "vat")]


class InvoiceIssuerViewSet(DomainSnippetViewSet):
    model = InvoiceIssuer
    icon = "order"
    menu_order = 400
    refused = READ_ONLY
    list_display = ["prefix", "school", "last_number", "last_credit_number"]
    list_select_related = ("school",)
    list_export = ["prefix", "school_id", "school", "last_number", "last_credit_number"]
    export_headings = {"school_id": gettext_lazy("URN")}
    search_fields = ["prefix", "school__name"]
    panels = [FieldPanel(name, read_only=True) for name in ("prefix", "school", "last_number", "last_credit_number")]


class FinanceGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Finance")
    menu_icon = "form"
    menu_order = 193
    items = (
        RateCardViewSet, MembershipDiscountRateViewSet, CancellationPolicyViewSet, QuoteViewSet, QuoteLineViewSet, InvoiceViewSet,
        InvoiceLineViewSet, CreditNoteViewSet, InvoiceIssuerViewSet,
    )  # fmt: skip

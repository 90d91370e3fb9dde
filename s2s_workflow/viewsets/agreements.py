"""Agreements, their slots and signatures in the admin, to read; the clauses that they quote, to write."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel

from cases.case_admin import CaseRecordViewSet
from common.admin import DomainInspectView, DomainSnippetViewSet
from s2s_workflow.models import Agreement, AgreementClause, AgreementParty, Signature
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown


class AgreementClauseViewSet(DomainSnippetViewSet):
    """Agreements keep the text they were frozen with: a clause that is edited changes the next ones."""

    model = AgreementClause
    icon = "doc-full"
    menu_order = 330
    list_display = ["title", "order", "is_in_use"]
    list_filter = ["is_in_use"]
    list_export = ["title", "text", "order", "is_in_use"]
    search_fields = ["title", "text"]
    panels = [FieldPanel("title"), FieldPanel("text"), FieldPanel("order"), FieldPanel("is_in_use")]


class AgreementInspectView(DomainInspectView):
    """The frozen text with its line breaks, and whether it still is what was frozen."""

    def get_text_display_value(self) -> SafeString:
        return format_html("<pre>{}</pre>", self.object.text)

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _("The text is as it was frozen") if field_name == "is_intact" else super().get_field_label(field_name, field)


class AgreementViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = Agreement
    icon = "doc-full-inverse"
    menu_order = 300
    refused = READ_ONLY
    inspect_view_class = AgreementInspectView
    inspect_view_fields = [
        "project", "version", "amends", "reason", "frozen_at", "frozen_by", "completed_at", "voided_at", "voided_by", "void_reason",
        "quote", "sha256", "is_intact", "text",
    ]  # fmt: skip
    list_display = ["project", "version", "frozen_at", "completed_at", "voided_at"]
    list_select_related = (CASE, "frozen_by", "voided_by", f"amends__{CASE}")
    list_filter = {"frozen_at": ["gte", "lte"], "completed_at": ["isnull"], "voided_at": ["isnull"]}
    list_export = [
        "project", "version", "amends", "reason", "sha256", "frozen_at", "frozen_by", "completed_at", "voided_at", "voided_by",
        "void_reason",
    ]  # fmt: skip
    search_fields = ["sha256", *OF_A_PROJECT]
    panels = shown(("project", "version", "sha256", "frozen_at"))


OF_AN_AGREEMENT = tuple(f"agreement__{path}" for path in OF_A_PROJECT)


class AgreementPartyViewSet(CaseRecordViewSet):
    case_path = "agreement__project__case"
    model = AgreementParty
    icon = "group"
    menu_order = 310
    refused = READ_ONLY
    list_display = ["agreement", "kind", "school", "is_signed"]
    list_select_related = (f"agreement__{CASE}", "school", "signature")
    list_filter = {"kind": ["exact"], "signature": ["isnull"]}
    list_export = ["agreement", "kind", "school", "is_signed"]
    search_fields = ["school__name", *OF_AN_AGREEMENT]
    panels = shown(("agreement", "kind", "school"))


class SignatureViewSet(CaseRecordViewSet):
    case_path = "party__agreement__project__case"
    model = Signature
    icon = "edit"
    menu_order = 320
    refused = READ_ONLY
    list_display = ["typed_name", "party", "signed_by", "signed_at"]
    list_select_related = ("party__school", f"party__agreement__{CASE}", "signed_by")
    list_filter = {"signed_at": ["gte", "lte"], "party__kind": ["exact"]}
    list_export = ["party.agreement", "party", "typed_name", "signed_by", "signed_at", "sha256"]
    search_fields = ["typed_name", "party__school__name", *(f"party__{path}" for path in OF_AN_AGREEMENT)]
    panels = shown(("party", "typed_name", "signed_by", "signed_at", "sha256"))

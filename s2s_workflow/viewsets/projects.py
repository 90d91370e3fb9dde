"""Projects and declared interests in the Wagtail admin: a stage changes by moves alone."""

from wagtail.admin.panels import FieldPanel

from cases.case_admin import CaseRecordViewSet
from s2s_workflow.models import ConflictDeclaration, SupportProject
from s2s_workflow.viewsets.base import READ_ONLY


class SupportProjectViewSet(CaseRecordViewSet):
    model = SupportProject
    icon = "group"
    menu_order = 100
    refused = READ_ONLY
    list_display = ["case", "stage", "stage_since"]
    list_select_related = ("case__supported_school",)
    list_filter = ["stage"]
    list_export = ["case", "stage", "stage_since", "amending_at", "amending_reason"]
    search_fields = ["case__reference", "case__title", "case__supported_school__name"]
    panels = [FieldPanel(name, read_only=True) for name in ("case", "stage", "stage_since")]


class ConflictDeclarationViewSet(CaseRecordViewSet):
    model = ConflictDeclaration
    icon = "warning"
    menu_order = 110
    refused = READ_ONLY
    list_display = ["case", "declared_by", "has_conflict", "declared_at"]
    list_select_related = ("case__supported_school", "declared_by")
    list_filter = ["has_conflict"]
    list_export = ["case", "declared_by", "has_conflict", "details", "declared_at"]
    search_fields = ["case__reference", "declared_by__last_name"]
    panels = [FieldPanel(name, read_only=True) for name in ("case", "declared_by", "has_conflict", "details", "declared_at")]

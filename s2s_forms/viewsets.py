"""Support requests in the Wagtail admin, as they were sent."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import RevisionsCompareView

from cases.case_admin import CaseRecordViewSet
from common.admin import DomainSnippetViewSet
from s2s_forms.models import ProcessStep, SupportRequest


class SupportRequestViewSet(CaseRecordViewSet):
    model = SupportRequest
    icon = "form"
    menu_label = _("Requests")
    menu_order = 192
    add_to_admin_menu = True
    refused = frozenset({"add", "change", "delete"})
    list_display = ["case", "support_kind", "timing", "submitted_at"]
    list_select_related = ("case__supported_school",)
    list_filter = ["support_kind", "timing"]
    list_export = ["case", "support_kind", "timing", "focus", "desired_outcome", "already_tried", "submitted_at"]
    search_fields = ["case__reference", "case__title", "focus"]
    panels = [
        FieldPanel(name, read_only=True)
        for name in ("case", "support_kind", "timing", "focus", "desired_outcome", "already_tried", "submitted_at")
    ]


class StepCompareView(RevisionsCompareView):
    """Whoever publishes a step may compare it first, as with pages. Wagtail asks for leave to change it."""

    permission_required = None
    any_permission_required = ["change", "publish"]


class ProcessStepViewSet(DomainSnippetViewSet):
    model = ProcessStep
    icon = "list-ol"
    menu_label = _("Shared steps")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["title", "who", "live", "has_unpublished_changes"]
    list_filter = {"live": ["exact"], "locale": ["exact"]}
    revisions_compare_view_class = StepCompareView
    list_export = ["title", "who", "duration", "result", "live"]
    inspect_view_fields = ["title", "who", "icon", "text", "result", "duration", "live"]

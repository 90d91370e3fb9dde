"""Visits, notes, time, mid-term reviews and concerns in the admin: to find and read, never to write."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.case_admin import CaseRecordViewSet
from common.admin import DomainInspectView
from s2s_workflow.models import Concern, MidTermReview, NoteOfVisit, TimeSheetLine, Visit
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown

OF_A_DEPLOYMENT = ("leader__user__first_name", "leader__user__last_name", *OF_A_PROJECT)
A_VISIT = tuple(f"visit__deployment__{path}" for path in (CASE, "leader__user"))
"""What naming a visit takes."""


def _under(path: str) -> list[str]:
    return [f"{path}__{name}" for name in OF_A_DEPLOYMENT]


class VisitViewSet(CaseRecordViewSet):
    case_path = "deployment__project__case"
    model = Visit
    icon = "calendar"
    menu_order = 400
    refused = READ_ONLY
    list_display = ["deployment", "visit_date", "half", "state"]
    list_select_related = (f"deployment__{CASE}", "deployment__leader__user")
    list_filter = {"state": ["exact"], "half": ["exact"], "visit_date": ["gte", "lte"]}
    list_export = ["deployment", "visit_date", "half", "half_days", "focus", "state"]
    search_fields = ["focus", *_under("deployment")]
    panels = shown(("deployment", "visit_date", "half", "focus", "state"))


class NoteOfVisitInspectView(DomainInspectView):
    """The evidence as texts, without the keys of the plan's objectives."""

    def get_evidence_display_value(self) -> SafeString:
        texts = [(text,) for text in self.object.evidence.values()]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", texts))


class NoteOfVisitViewSet(CaseRecordViewSet):
    case_path = "visit__deployment__project__case"
    model = NoteOfVisit
    icon = "form"
    menu_order = 410
    refused = READ_ONLY
    inspect_view_class = NoteOfVisitInspectView
    list_display = ["visit", "noted_at", "noted_by", "replied_at"]
    list_select_related = (*A_VISIT, "noted_by", "replied_by")
    list_filter = {"noted_at": ["gte", "lte"], "replied_at": ["isnull"]}
    list_export = [
        "visit", "action_taken", "impact", "next_steps", "evidence", "noted_at", "noted_by", "reply", "replied_at", "replied_by",
    ]  # fmt: skip
    search_fields = ["action_taken", "impact", "next_steps", *_under("visit__deployment")]
    panels = shown(("visit", "action_taken", "impact", "next_steps", "noted_at", "noted_by"))


class TimeSheetLineViewSet(CaseRecordViewSet):
    case_path = "visit__deployment__project__case"
    model = TimeSheetLine
    icon = "time"
    menu_order = 420
    refused = READ_ONLY
    list_display = ["visit", "half_days", "charge", "supporting_share", "state", "submitted_at"]
    list_select_related = (*A_VISIT, "decided_by")
    list_filter = {"state": ["exact"], "submitted_at": ["gte", "lte"], "visit__visit_date": ["gte", "lte"]}
    list_export = ["visit", "half_days", "charge", "supporting_share", "state", "submitted_at", "decided_at", "decided_by"]
    search_fields = _under("visit__deployment")
    panels = shown(("visit", "half_days", "charge", "supporting_share", "state"))


class MidTermReviewViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = MidTermReview
    icon = "tasks"
    menu_order = 430
    refused = READ_ONLY
    list_display = ["project", "held_on", "decision", "written_by", "agreed_at", "sent_back_at"]
    list_select_related = (CASE, "written_by", "agreed_by", "sent_back_by")
    list_filter = {"decision": ["exact"], "held_on": ["gte", "lte"], "agreed_at": ["isnull"], "sent_back_at": ["isnull"]}
    list_export = [
        "project", "held_on", "is_working", "is_appropriate", "next_steps", "decision", "written_at", "written_by", "agreed_at",
        "agreed_by", "sent_back_at", "sent_back_by", "sent_back_reason", "is_settled",
    ]  # fmt: skip
    search_fields = OF_A_PROJECT
    panels = shown(("project", "held_on", "is_working", "is_appropriate", "next_steps", "decision"))


class ConcernViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = Concern
    icon = "warning"
    menu_order = 440
    refused = READ_ONLY
    list_display = ["project", "raised_at", "raised_by", "resolved_at"]
    list_select_related = (CASE, "raised_by", "resolved_by")
    list_filter = {"raised_at": ["gte", "lte"], "resolved_at": ["isnull"]}
    list_export = ["project", "text", "raised_at", "raised_by", "resolution", "resolved_at", "resolved_by"]
    search_fields = ["text", *OF_A_PROJECT]
    panels = shown(("project", "text", "raised_at", "raised_by", "resolution", "resolved_at"))

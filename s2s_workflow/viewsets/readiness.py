"""The readiness conversation in the admin: its wording always, its answers once both sides see both. Until then the rows are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.case_admin import CaseRecordViewSet
from common.admin import DomainInspectView
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models import ReadinessAnswers, ReadinessConversation
from s2s_workflow.readiness import answered
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown
from website.readiness import in_language


class ReadinessConversationInspectView(DomainInspectView):
    def get_asked_display_value(self) -> SafeString:
        rows = ((theme["title"], theme["leader"], theme["school"]) for theme in in_language(self.object.asked).themes)
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd><dd>{}</dd>", rows))


class ReadinessConversationViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = ReadinessConversation
    icon = "help"
    menu_order = 204
    refused = READ_ONLY
    inspect_view_class = ReadinessConversationInspectView
    list_display = ["project", "asked_at", "opened_at"]
    list_select_related = (CASE,)
    list_filter = {"asked_at": ["gte", "lte"], "opened_at": ["isnull"]}
    list_export = ["project", "asked_at", "opened_at"]
    search_fields = OF_A_PROJECT
    panels = shown(("project", "asked_at", "opened_at"))


class ReadinessAnswersInspectView(DomainInspectView):
    def get_answers_display_value(self) -> SafeString:
        side = ReadinessSide(self.object.side)
        said = answered(in_language(self.object.conversation.asked), side, self.object)
        rows = ((title, one.question, one.place.label if one.place else "", one.words) for title, one in said)
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}: {}</dt><dd>{}. {}</dd>", rows))


class ReadinessAnswersViewSet(CaseRecordViewSet):
    """Hidden from everybody, superusers too, while one side may not see the other's: list, export, every page and the chooser (P5)."""

    case_path = "conversation__project__case"
    model = ReadinessAnswers
    icon = "help"
    menu_order = 205
    refused = READ_ONLY
    inspect_view_class = ReadinessAnswersInspectView
    list_display = ["conversation", "side", "submitted_at", "submitted_by"]
    list_select_related = (f"conversation__{CASE}", "submitted_by")
    list_filter = {"side": ["exact"], "submitted_at": ["gte", "lte"]}
    list_export = ["conversation", "side", "submitted_at", "submitted_by"]
    search_fields = [f"conversation__{path}" for path in OF_A_PROJECT]
    panels = shown(("conversation", "side", "submitted_at", "submitted_by"))

    def hidden_from(self, user: Any) -> Iterator[Q]:
        yield from super().hidden_from(user)
        yield Q(conversation__opened_at=None)

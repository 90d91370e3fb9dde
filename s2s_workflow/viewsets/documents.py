"""
Due diligence reports, action plans and evaluations in the admin: staff read them, reviewers act on their tasks.

They are written in the portal. Lists, exports and the field history show the row, where nothing stands before it is approved;
who reads more is for `s2s_workflow.documents`. Nobody publishes, unpublishes, locks or deletes one here, not even a superuser.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from alliance.access import person_of
from cases.case_admin import CaseRecordViewSet
from common.admin import DomainEditView, DomainInspectView
from s2s_workflow.documents import TEXTS, text_for
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation
from s2s_workflow.models.documents import ProjectDocument
from s2s_workflow.standing import standing_of
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown


class DecisionOnlyEditView(DomainEditView):
    """
    What a reviewer meets behind a task: the text, and the decision.

    Wagtail's other buttons are not taken: a review cancelled here would leave the project at its stage with nobody to decide.
    """

    def get_available_actions(self) -> list[str]:
        return [action for action in super().get_available_actions() if action in ("edit", "workflow-action")]

    def get_success_url(self) -> str:
        address: str = reverse("wagtailadmin_home")
        return address


class DocumentInspectView(DomainInspectView):
    """What the portal shows the reader: a draft is its writers' own, in the admin too."""

    def get_object(self, queryset: Any = None) -> ProjectDocument:
        row: ProjectDocument = super().get_object(queryset)
        readable = text_for(standing_of(person_of(self.request), row.project, timezone.localdate()), row)
        if readable is None and row.live:
            raise PermissionDenied
        return readable or row


class DocumentViewSet(CaseRecordViewSet):
    case_path = "project__case"
    icon = "doc-full"
    refused = READ_ONLY | {"publish", "unpublish", "lock", "unlock"}
    edit_view_class = DecisionOnlyEditView
    inspect_view_class = DocumentInspectView
    list_display = ["project", "live", "has_unpublished_changes", "last_published_at"]
    list_select_related = (CASE,)
    list_filter = {"live": ["exact"], "last_published_at": ["gte", "lte"]}
    search_fields = OF_A_PROJECT
    in_blocks: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = [*self.in_blocks, *TEXTS[self.model]]
        self.list_export = ["project", "live", "last_published_at", *names]
        self.inspect_view_fields = ["project", "live", "last_published_at", *names]
        self.panels = shown(("project", *names))
        super().__init__(*args, **kwargs)

    @property
    def workflow_action_view(self) -> Any:
        """Back to the tasks after a decision: a reviewer does not see the document any more."""
        decide = super().workflow_action_view

        @wraps(decide)
        def decide_and_leave(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            query = request.GET.copy()
            query.setdefault("next", reverse("wagtailadmin_home"))
            request.GET = query  # type: ignore[assignment]  # a copy that was added to
            response: HttpResponseBase = decide(request, **kwargs)
            return response

        return decide_and_leave


class DueDiligenceReportViewSet(DocumentViewSet):
    model = DueDiligenceReport
    icon = "search"
    menu_order = 130


class ActionPlanViewSet(DocumentViewSet):
    model = ActionPlan
    icon = "tasks"
    menu_order = 140
    in_blocks = ("objectives",)


class EvaluationViewSet(DocumentViewSet):
    model = Evaluation
    icon = "clipboard-list"
    menu_order = 150
    in_blocks = ("judgements",)

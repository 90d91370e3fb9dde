"""Deployments and the initial meeting in the admin. A deployment is approved and ended there by the portal's own actions (A5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases.case_admin import CaseRecordViewSet
from common.admin import DomainInspectView
from common.admin_actions import ActionView
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.end_deployment import ENDABLE, end_deployment
from s2s_workflow.enums import DeploymentState
from s2s_workflow.models import Deployment, InitialMeeting
from s2s_workflow.team import DEPLOYMENT_MOVES
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ApproveView(ActionView):
    name = "approve"
    permission_required = "moderate"
    page_title = button_label = _("Approve deployment")
    explanation = _("The leader is told that they are on the team, or join it once an amendment is signed.")
    success_message = _("The deployment was approved: %(object)s.")

    @classmethod
    def is_offered(cls, instance: Deployment) -> bool:
        return instance.state == DeploymentState.RELEASED

    def act(self, form: Any) -> None:
        approve_deployment(deployment=self.object, by=self.request.user, at=timezone.now())


class EndView(ActionView):
    name = "end"
    permission_required = "moderate"
    form_class = EndForm
    header_icon = "cross"
    page_title = button_label = _("End")
    explanation = _("The leader leaves the team. Visits that are still planned are cancelled, and their half days are free again.")
    success_message = _("The deployment was ended: %(object)s.")

    @classmethod
    def is_offered(cls, instance: Deployment) -> bool:
        may_end = DeploymentState.ENDED in DEPLOYMENT_MOVES.get(DeploymentState(instance.state), ())
        return may_end and instance.project.stage in ENDABLE

    def act(self, form: Any) -> None:
        end_deployment(deployment=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class DeploymentViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = Deployment
    icon = "user"
    menu_order = 200
    refused = READ_ONLY
    action_views = (ApproveView, EndView)
    list_display = ["project", "leader", "supporting_school", "is_named_lead", "half_days", "starts_on", "ends_on", "state"]
    list_select_related = (CASE, "leader__user", "supporting_school")
    list_filter = {"state": ["exact"], "is_named_lead": ["exact"], "designation": ["exact"], "starts_on": ["gte", "lte"]}
    list_export = [
        "project", "leader", "supporting_school", "is_named_lead", "designation", "remit", "half_days", "starts_on", "ends_on", "state",
        "joins_later", "next_half_days", "next_ends_on", "proposed_at", "released_at", "released_by", "approved_at", "approved_by",
        "ended_at", "ended_by",
    ]  # fmt: skip
    search_fields = ["leader__user__first_name", "leader__user__last_name", "supporting_school__name", *OF_A_PROJECT]
    panels = shown(("project", "leader", "supporting_school", "remit", "half_days", "starts_on", "ends_on", "state"))


class InitialMeetingInspectView(DomainInspectView):
    """The agenda with what was settled, point by point."""

    def get_answers_display_value(self) -> SafeString:
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", self.object.agenda))


class InitialMeetingViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = InitialMeeting
    icon = "calendar-check"
    menu_order = 210
    refused = READ_ONLY
    inspect_view_class = InitialMeetingInspectView
    list_display = ["project", "held_on", "recorded_by", "recorded_at"]
    list_select_related = (CASE, "recorded_by")
    list_filter = {"held_on": ["gte", "lte"]}
    list_export = ["project", "held_on", "attendees", "answers", "recorded_at", "recorded_by"]
    search_fields = ["attendees", *OF_A_PROJECT]
    panels = shown(("project", "held_on", "attendees"))

"""Views of the working group, who was sent an evaluation, and consents to stories in the admin: to find and read."""

from __future__ import annotations

from cases.case_admin import CaseRecordViewSet
from s2s_workflow.models import Dissemination, GroupOpinion, StoryConsent
from s2s_workflow.viewsets.base import CASE, OF_A_PROJECT, READ_ONLY, shown


class GroupOpinionViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = GroupOpinion
    icon = "comment"
    menu_order = 120
    refused = READ_ONLY
    list_display = ["project", "subject", "round", "member", "supports", "has_conflict", "given_at"]
    list_select_related = (CASE, "member")
    list_filter = {"subject": ["exact"], "supports": ["exact"], "has_conflict": ["exact"], "given_at": ["gte", "lte"]}
    list_export = ["project", "subject", "round", "member", "supports", "has_conflict", "rationale", "given_at"]
    search_fields = ["member__first_name", "member__last_name", *OF_A_PROJECT]
    panels = shown(("project", "subject", "round", "member", "supports", "has_conflict", "rationale", "given_at"))


class DisseminationViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = Dissemination
    icon = "mail"
    menu_order = 500
    refused = READ_ONLY
    list_display = ["project", "recipient", "sent_at", "sent_by"]
    list_select_related = (CASE, "recipient", "sent_by")
    list_filter = {"sent_at": ["gte", "lte"]}
    list_export = ["project", "recipient", "sent_at", "sent_by"]
    search_fields = ["recipient__first_name", "recipient__last_name", *OF_A_PROJECT]
    panels = shown(("project", "recipient", "sent_at", "sent_by"))


class StoryConsentViewSet(CaseRecordViewSet):
    case_path = "project__case"
    model = StoryConsent
    icon = "openquote"
    menu_order = 510
    refused = READ_ONLY
    list_display = ["project", "school", "consents", "given_at", "given_by"]
    list_select_related = (CASE, "school", "given_by")
    list_filter = {"consents": ["exact"], "given_at": ["gte", "lte"]}
    list_export = ["project", "school", "consents", "given_at", "given_by"]
    search_fields = ["school__name", *OF_A_PROJECT]
    panels = shown(("project", "school", "consents", "given_at"))

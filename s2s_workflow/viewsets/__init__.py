"""
Support projects in the Wagtail admin.

Only actions change them: lists, exports and histories are here, and the steps of moderation as buttons. Notes of visits and
reviews are confidential, so all of it is alliance staff's.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from s2s_workflow.viewsets.agreements import AgreementClauseViewSet, AgreementPartyViewSet, AgreementViewSet, SignatureViewSet
from s2s_workflow.viewsets.delivery import ConcernViewSet, MidTermReviewViewSet, NoteOfVisitViewSet, TimeSheetLineViewSet, VisitViewSet
from s2s_workflow.viewsets.documents import ActionPlanViewSet, DueDiligenceReportViewSet, EvaluationViewSet
from s2s_workflow.viewsets.group import DisseminationViewSet, GroupOpinionViewSet, StoryConsentViewSet
from s2s_workflow.viewsets.projects import ConflictDeclarationViewSet, SupportProjectViewSet
from s2s_workflow.viewsets.readiness import ReadinessAnswersViewSet, ReadinessConversationViewSet
from s2s_workflow.viewsets.team import DeploymentViewSet, InitialMeetingViewSet


class SupportGroup(SnippetViewSetGroup):
    menu_label = _("Support projects")
    menu_icon = "group"
    menu_order = 191
    items = (
        SupportProjectViewSet,
        ConflictDeclarationViewSet,
        GroupOpinionViewSet,
        DueDiligenceReportViewSet,
        ActionPlanViewSet,
        EvaluationViewSet,
        DeploymentViewSet,
        ReadinessConversationViewSet,
        ReadinessAnswersViewSet,
        InitialMeetingViewSet,
        AgreementViewSet,
        AgreementPartyViewSet,
        SignatureViewSet,
        AgreementClauseViewSet,
        VisitViewSet,
        NoteOfVisitViewSet,
        TimeSheetLineViewSet,
        MidTermReviewViewSet,
        ConcernViewSet,
        DisseminationViewSet,
        StoryConsentViewSet,
    )

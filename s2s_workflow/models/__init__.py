"""What a support project consists of, from triage to the published story."""

from s2s_workflow.models.agreements import Agreement, AgreementClause, AgreementParty, Signature
from s2s_workflow.models.closing import Dissemination, StoryConsent
from s2s_workflow.models.delivery import Concern, MidTermReview, NoteOfVisit, TimeSheetLine, Visit
from s2s_workflow.models.documents import ActionPlan, DueDiligenceReport, Evaluation
from s2s_workflow.models.projects import ConflictDeclaration, SupportProject
from s2s_workflow.models.readiness import ReadinessAnswers, ReadinessConversation
from s2s_workflow.models.team import Deployment, InitialMeeting
from s2s_workflow.models.working_group import GroupOpinion

__all__ = [
    "ActionPlan",
    "Agreement",
    "AgreementClause",
    "AgreementParty",
    "Concern",
    "ConflictDeclaration",
    "Deployment",
    "Dissemination",
    "DueDiligenceReport",
    "Evaluation",
    "GroupOpinion",
    "InitialMeeting",
    "MidTermReview",
    "NoteOfVisit",
    "ReadinessAnswers",
    "ReadinessConversation",
    "Signature",
    "StoryConsent",
    "SupportProject",
    "TimeSheetLine",
    "Visit",
]

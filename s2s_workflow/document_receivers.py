"""What the decisions of reviewers move: inside their transaction, or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import Signal

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common import moderation
from common.actions import By
from s2s_workflow.actions.draft_story import draft_story
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Stage
from s2s_workflow.guards import group_agrees_to_the_plan
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation
from s2s_workflow.opinions import EVALUATION_WAITS, members_who_may_view
from s2s_workflow.policies import NotReady
from s2s_workflow.stories import story_may_be_drafted
from s2s_workflow.telling import NEWS, YOUR_TURN, staff_of, tell
from s2s_workflow.transitions import has_working_group


def connect() -> None:
    for signal, receivers in RECEIVERS.items():
        for receiver, sender in receivers:
            signal.connect(receiver, sender=sender)


def report_submitted(document: DueDiligenceReport, by: By, at: datetime, **kwargs: Any) -> None:
    """With a working group, its review starts; without one, an S2S lead decides and the project stays where it is."""
    if has_working_group(document.project):
        move_project(project=document.project, to=Stage.WORKING_GROUP_REVIEW, by=by, at=at)
    else:
        synchronise_turns(document.project.case, at=at)
    tell(document.project, document.deciders(), N_("A due diligence report waits for you to read it."), at=at)


def plan_submitted(document: ActionPlan, by: By, at: datetime, **kwargs: Any) -> None:
    tell(document.project, document.deciders(), N_("An action plan waits for you to read it."), at=at)


def report_approved(document: DueDiligenceReport, by: By, at: datetime, comment: str, **kwargs: Any) -> None:
    move_project(project=document.project, to=Stage.BROKERING, by=by, at=at, reason=comment)


def report_returned(document: DueDiligenceReport, by: By, at: datetime, comment: str, **kwargs: Any) -> None:
    project = document.project
    if has_working_group(project):
        move_project(project=project, to=Stage.DUE_DILIGENCE, by=by, at=at, reason=comment)
    tell(project, staff_of(project), N_("A due diligence report came back with a comment."), at=at)
    synchronise_turns(project.case, at=at)


def plan_approved(document: ActionPlan, by: By, at: datetime, **kwargs: Any) -> None:
    """One member records what the group decided: without its quorum and most of its views nothing is approved (W7)."""
    if missing := group_agrees_to_the_plan(document.project):
        raise NotReady(missing)
    _plan_decided(document, N_("The action plan was agreed."), by, at, "")


def plan_returned(document: ActionPlan, by: By, at: datetime, comment: str, **kwargs: Any) -> None:
    _plan_decided(document, N_("Changes to the action plan were asked for."), by, at, comment)


def _plan_decided(plan: ActionPlan, sentence: str, by: By, at: datetime, comment: str) -> None:
    project = plan.project
    record_event(project.case, sentence, by=by, at=at, reason=comment)
    lead = project.named_lead()
    people = [*staff_of(project), *([lead.leader.user] if lead else [])]
    tell(project, people, N_("An action plan was decided on."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)


def evaluation_submitted(document: Evaluation, by: By, at: datetime, **kwargs: Any) -> None:
    """The working group gives its view first, where there is one; its reviewers are asked once there are enough views."""
    project = move_project(project=document.project, to=Stage.EVALUATION_REVIEW, by=by, at=at)
    asked = members_who_may_view(document) if has_working_group(project) else document.deciders()
    tell(project, asked, EVALUATION_WAITS, at=at)


def evaluation_returned(document: Evaluation, by: By, at: datetime, comment: str, **kwargs: Any) -> None:
    move_project(project=document.project, to=Stage.CHANGES_REQUESTED, by=by, at=at, reason=comment)
    _tell_writers(document, N_("Your evaluation came back with a comment."), at, YOUR_TURN)


def evaluation_approved(document: Evaluation, by: By, at: datetime, **kwargs: Any) -> None:
    move_project(project=document.project, to=Stage.APPROVED, by=by, at=at)
    _tell_writers(document, N_("Your evaluation was approved."), at, NEWS)
    if story_may_be_drafted(document.project):
        draft_story(project=document.project, by=by, at=at)


def _tell_writers(evaluation: Evaluation, sentence: str, at: datetime, kind: str) -> None:
    tell(evaluation.project, [*evaluation.writers(), *staff_of(evaluation.project)], sentence, at=at, kind=kind)


RECEIVERS: dict[Signal, list[tuple[Any, type]]] = {
    moderation.document_submitted: [
        (report_submitted, DueDiligenceReport),
        (plan_submitted, ActionPlan),
        (evaluation_submitted, Evaluation),
    ],
    moderation.document_returned: [
        (report_returned, DueDiligenceReport),
        (plan_returned, ActionPlan),
        (evaluation_returned, Evaluation),
    ],
    moderation.document_approved: [
        (report_approved, DueDiligenceReport),
        (plan_approved, ActionPlan),
        (evaluation_approved, Evaluation),
    ],
}

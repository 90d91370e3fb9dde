from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.actions.cancel_visit import drop_visit
from s2s_workflow.enums import DeploymentState, VisitState
from s2s_workflow.models import Deployment
from s2s_workflow.parties import may_act_for
from s2s_workflow.permissions import check_is_a_person
from s2s_workflow.policies import check_reason
from s2s_workflow.team import ask_for_acceptance_again, lock_deployment
from s2s_workflow.telling import NEWS, staff_of, tell


@action
def release_leader(*, deployment: Deployment, releases: bool, by: By, at: datetime, reason: str = "") -> Deployment:
    """
    Release a leader for a deployment, or say no with a reason: the head of the leader's own school decides (W5).
    After a no, their planned visits are cancelled and the costs are presented anew; who was to join with an amendment does not.

    Raises `PermissionDenied`, `DeploymentMovedOn`, and `ValidationError` for a no without a reason.
    """
    to = DeploymentState.RELEASED if releases else DeploymentState.DECLINED
    deployment = lock_deployment(deployment, to)
    user = check_is_a_person(by)
    if not may_act_for(user, deployment.supporting_school, Power.RELEASE, timezone.localdate(at)):
        raise PermissionDenied
    check_reason(reason, needed=not releases)
    deployment.state = to
    if releases:
        deployment.released_at, deployment.released_by = at, user
        sentence = N_("%(school)s released %(leader)s.")
    else:
        deployment.ended_at, deployment.ended_by = at, user
        sentence = N_("%(school)s cannot release %(leader)s.")
        for visit in deployment.visits.filter(state=VisitState.PLANNED):
            drop_visit(visit, by=by, at=at, reason=reason)
        if not deployment.joins_later:
            ask_for_acceptance_again(deployment.project)
    deployment.save()
    project, leader = deployment.project, deployment.leader
    record_event(project.case, sentence, by=by, at=at, reason=reason, school=deployment.supporting_school.name, leader=str(leader))
    tell(project, staff_of(project), N_("A supporting school answered about the release of a leader."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return deployment

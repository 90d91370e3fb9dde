from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.actions.cancel_visit import drop_visit
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.request_change import void
from s2s_workflow.enums import DeploymentState, Party, Stage, VisitState
from s2s_workflow.models import Deployment
from s2s_workflow.parties import open_agreement
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, check_stage_is
from s2s_workflow.team import ask_for_acceptance_again, lock_deployment
from s2s_workflow.telling import NEWS, people_who_sign, people_with_power, tell


class LeadIsNeeded(Refusal):
    """Work that is under way has a named lead."""


ENDABLE = (Stage.BROKERING, Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED, Stage.ACTIVE)


@action
def end_deployment(*, deployment: Deployment, by: By, at: datetime, reason: str = "") -> Deployment:
    """
    Take a leader off the team: they drop out or are replaced. Their planned visits are cancelled and the days given back.

    A team that was agreed is brokered anew; once work has begun, the change is for an amendment of the agreement, and one that is
    up for signature with this leader in it is void. Raises
    `PermissionDenied` unless by alliance staff, `DeploymentMovedOn`, `NotNow`, `LeadIsNeeded`, and `ValidationError` without a reason.
    """
    deployment = lock_deployment(deployment, DeploymentState.ENDED)
    project = deployment.project
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, *ENDABLE)
    check_reason(reason)
    if project.stage == Stage.ACTIVE and deployment.is_named_lead:
        raise LeadIsNeeded(_("Name another leader as the lead first: somebody has to lead the work."))
    if project.stage == Stage.ACTIVE and (amendment := open_agreement(project)):
        sentence = N_("The amendment is void, with its signatures, and the agreement holds as it is.")
        record_event(project.case, sentence, by=by, at=at, reason=reason, public=True)
        signers = people_who_sign(project, timezone.localdate(at))
        tell(project, signers, N_("An amendment that was up for signature is void: the team changed."), at=at, kind=NEWS)
        void(amendment, by=user, at=at, reason=reason)
    for visit in deployment.visits.filter(state=VisitState.PLANNED):
        drop_visit(visit, by=by, at=at, reason=reason)
    deployment.state, deployment.is_named_lead = DeploymentState.ENDED, False
    deployment.next_half_days = deployment.next_ends_on = None
    deployment.ended_at, deployment.ended_by = at, user
    deployment.save()
    record_event(project.case, N_("%(leader)s left the team."), by=by, at=at, reason=reason, public=True, leader=str(deployment.leader))
    if project.stage != Stage.ACTIVE:
        ask_for_acceptance_again(project)
    if project.stage not in (Stage.BROKERING, Stage.ACTIVE):
        move_project(project=project, to=Stage.BROKERING, by=by, at=at, reason=reason)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, [*heads, deployment.leader.user], N_("The team of a support project changed."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return deployment

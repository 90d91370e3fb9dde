from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import DELIVERING, DeploymentState, Party, Stage
from s2s_workflow.models import Deployment
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.team import DeploymentMovedOn, asking_again_if_changed
from s2s_workflow.telling import NEWS, people_with_power, tell

NAMED_AT = (Stage.BROKERING, Stage.TEAM_AGREED, *DELIVERING)


@action
def name_lead(*, deployment: Deployment, by: By, at: datetime) -> Deployment:
    """
    Make an approved leader of the team its named lead, in place of the one before (W5). Before the agreement is drawn up, a team that the
    school had accepted is put to it again.

    Raises `PermissionDenied` unless by alliance staff, `NotNow`, and `DeploymentMovedOn` unless the deployment is approved.
    """
    project = lock_project(deployment.project)
    check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, *NAMED_AT)
    deployment = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
    if deployment.state != DeploymentState.APPROVED or deployment.joins_later:
        raise DeploymentMovedOn(str(deployment.get_state_display()))
    with asking_again_if_changed(project, by=by, at=at):
        if (before := project.named_lead()) and before.pk != deployment.pk:
            before.is_named_lead = False
            before.save()
        deployment.is_named_lead = True
        deployment.save()
        record_event(project.case, N_("%(leader)s leads the team."), by=by, at=at, public=True, leader=str(deployment.leader))
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, [*heads, deployment.leader.user], N_("The team of a support project changed."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return deployment

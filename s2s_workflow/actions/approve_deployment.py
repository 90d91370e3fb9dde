from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import DeploymentState, Party
from s2s_workflow.models import Deployment
from s2s_workflow.permissions import check_user_is
from s2s_workflow.team import lock_deployment
from s2s_workflow.telling import JOINED, NEWS, WILL_JOIN, tell


@action
def approve_deployment(*, deployment: Deployment, by: By, at: datetime) -> Deployment:
    """
    Approve a released deployment: the broker's moderation step, the same from the portal and the admin (A5). Whoever joins with an
    amendment is on the team once all have signed it, and told so then (D4).

    Raises `PermissionDenied` unless by alliance staff, and `DeploymentMovedOn` unless it is released.
    """
    deployment = lock_deployment(deployment, DeploymentState.APPROVED)
    user = check_user_is(by, Party.STAFF, deployment.project, timezone.localdate(at))
    deployment.state = DeploymentState.APPROVED
    deployment.approved_at, deployment.approved_by = at, user
    deployment.save()
    record_event(
        deployment.project.case, N_("The deployment of %(leader)s was approved."), by=by, at=at, public=True, leader=str(deployment.leader)
    )
    sentence = WILL_JOIN if deployment.joins_later else JOINED
    tell(deployment.project, [deployment.leader.user], sentence, at=at, kind=NEWS)
    synchronise_turns(deployment.project.case, at=at)
    return deployment

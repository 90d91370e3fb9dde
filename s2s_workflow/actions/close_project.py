from datetime import datetime

from django.utils import timezone

from cases.actions.end_case import end_case, tell_requester
from cases.enums import PublicStatus
from common.actions import By, action
from s2s_workflow.enums import DeploymentState, Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project


@action
def close_project(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> None:
    """
    Close the project and its case, and complete the deployments. The table says what has to be settled first.

    Raises `PermissionDenied` unless by an S2S lead, `NotNow`, `NotReady`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    check_user_is(by, Party.S2S_LEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.DISSEMINATED)
    case = end_case(case=project.case, status=PublicStatus.COMPLETED, reason=reason, by=by, at=at)
    tell_requester(case, at=at)
    for deployment in project.deployments.filter(state=DeploymentState.APPROVED):
        deployment.state = DeploymentState.COMPLETED
        deployment.save()

from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import Dissemination, SupportProject
from s2s_workflow.parties import everybody_in
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.telling import NEWS, tell


@action
def disseminate(*, project: SupportProject, by: By, at: datetime) -> SupportProject:
    """
    Send the approved evaluation to the S2S lead, every team member and the heads of the schools involved, nobody else (E3).

    Who got it is logged, one row each. Raises `PermissionDenied` unless by an S2S lead, and `NotNow`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.S2S_LEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.APPROVED)
    recipients = everybody_in(project, timezone.localdate(at))
    for recipient in recipients:
        Dissemination.objects.create(project=project, recipient=recipient, sent_at=at, sent_by=user)
    record_event(
        project.case, N_("The evaluation was sent to %(number)s people of the case."), by=by, at=at, public=True, number=len(recipients)
    )
    project = move_project(project=project, to=Stage.DISSEMINATED, by=by, at=at)
    tell(project, recipients, N_("The evaluation of a support project is there to read."), at=at, kind=NEWS)
    return project

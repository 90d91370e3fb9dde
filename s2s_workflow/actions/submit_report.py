from datetime import datetime

from django.utils import timezone

from common.actions import By, action
from common.moderation import submit_document
from s2s_workflow.enums import Party, Stage
from s2s_workflow.guards import report_is_complete
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_stage_is, lock_project


@action
def submit_report(*, project: SupportProject, by: By, at: datetime) -> None:
    """
    Send the due diligence report to those who approve it (W2): the working group, whose review starts, or an S2S lead.

    Raises `PermissionDenied` unless by alliance staff, `NotNow`, `NotReady` when it is incomplete, and `UnderReview`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.DUE_DILIGENCE)
    if missing := report_is_complete(project):
        raise NotReady(missing)
    submit_document(document=project.due_diligence, by=user, at=at)

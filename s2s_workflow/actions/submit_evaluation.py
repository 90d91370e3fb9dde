from datetime import datetime

from django.utils import timezone

from common.actions import By, action
from common.moderation import submit_document
from s2s_workflow.enums import Party, Stage
from s2s_workflow.evaluation_guards import every_objective_is_judged
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_stage_is, lock_project


@action
def submit_evaluation(*, project: SupportProject, by: By, at: datetime) -> None:
    """
    Send the evaluation to its reviewers, for the first time or again; the project moves with it (E1, E2).

    Raises `PermissionDenied` unless by the supported head, `NotNow`, `NotReady` while an objective is not judged, `UnderReview`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.FINAL_REVIEW_DUE, Stage.CHANGES_REQUESTED)
    if missing := every_objective_is_judged(project):
        raise NotReady(missing)
    submit_document(document=project.evaluation, by=user, at=at)

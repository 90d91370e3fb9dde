from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.actions.end_case import end_case, tell_requester
from cases.enums import PublicStatus
from common.actions import By, action
from common.moderation import decide_on_document
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import GroupSubject, Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.models.documents import check_is_not_tied
from s2s_workflow.opinions import verdict_on
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, NotReady, check_reason, check_stage_is, lock_project
from s2s_workflow.transitions import has_due_diligence


class Outcome(models.TextChoices):
    """What the working group decides."""

    SUPPORT = "SUPPORT", _("Recommend the support: brokering starts")
    RETURN = "RETURN", _("Ask for more due diligence")
    DECLINE = "DECLINE", _("Decline the request")


@action
def decide_review(*, project: SupportProject, outcome: Outcome, by: By, at: datetime, reason: str = "", seen: int | None = None) -> None:
    """
    Record what the working group decided, with its rationale as `reason` (W3).

    Approving the report and moving the project are one step. Raises `PermissionDenied` unless by a member without a
    conflict, `MayNotDecide` for the report's author and for people of the project's schools, `NotReady` without a quorum or a
    majority, `NotNow`, also for more due diligence where the protocol has none, and `ValidationError` without a rationale.
    `seen` is the key of the report's draft that the member read: `ChangedSinceSubmitted` when another is under review.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.WORKING_GROUP, project, timezone.localdate(at))
    check_stage_is(project, Stage.WORKING_GROUP_REVIEW)
    check_is_not_tied(project, user)
    if outcome == Outcome.RETURN and not has_due_diligence(project):
        raise NotNow(_t("This protocol has no due diligence to ask for."))
    check_reason(reason)
    verdict = verdict_on(project, GroupSubject.REVIEW)
    missing = verdict.missing_for_yes() if outcome == Outcome.SUPPORT else verdict.missing_for_quorum()
    if missing:
        raise NotReady(missing)
    if outcome == Outcome.DECLINE:
        if has_due_diligence(project):
            project.due_diligence.check_may_be_decided_by(user)
            project.due_diligence.current_workflow_state.cancel(user=user)
        case = end_case(case=project.case, status=PublicStatus.DECLINED, reason=reason, by=by, at=at)
        tell_requester(case, at=at)
    elif has_due_diligence(project):
        decide_on_document(document=project.due_diligence, approve=outcome == Outcome.SUPPORT, by=user, at=at, reason=reason, seen=seen)
    else:
        move_project(project=project, to=Stage.BROKERING, by=by, at=at, reason=reason)

from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from cases.events import N_, record_event
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.send_back_mid_term_review import end_the_wait
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import MidTermReview, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, people_with_power, tell


@action
def settle_mid_term_review(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> MidTermReview:
    """
    Decide, in a dispute about the mid-term review, that the work goes on as it was agreed, without what the review proposes (D4).

    The review counts as held. Raises `PermissionDenied` unless by an S2S lead, `NotNow`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.S2S_LEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.MID_TERM_REVIEW)
    check_reason(reason)
    review = end_the_wait(project, by=user, at=at, reason=reason, is_settled=True)
    record_event(project.case, N_("The S2S lead decided that the work goes on as agreed."), by=by, at=at, reason=reason, public=True)
    move_project(project=project, to=Stage.ACTIVE, by=by, at=at, reason=reason)
    lead = project.named_lead()
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(
        project,
        [*heads, *([lead.leader.user] if lead else [])],
        N_("The mid-term review of a support project was settled."),
        at=at,
        kind=NEWS,
    )
    return review

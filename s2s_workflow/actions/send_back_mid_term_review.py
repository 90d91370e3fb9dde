from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from alliance.models import User
from cases.events import N_, record_event
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import MidTermDecision, Party, Stage
from s2s_workflow.exits import drop_exit
from s2s_workflow.models import MidTermReview, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, people_with_power, staff_of, tell


@action
def send_back_mid_term_review(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> MidTermReview:
    """
    Send the mid-term review back to be written anew: its head does not agree to it, or the named lead takes it back (D4).

    Delivery goes on, and an end that it proposed is proposed no more. Raises `PermissionDenied` unless by the supported head or the
    named lead, `NotNow`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD_OR_SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.MID_TERM_REVIEW)
    check_reason(reason)
    review = end_the_wait(project, by=user, at=at, reason=reason)
    record_event(project.case, N_("The mid-term review was sent back, to be written anew."), by=by, at=at, reason=reason, public=True)
    move_project(project=project, to=Stage.ACTIVE, by=by, at=at, reason=reason)
    lead = project.named_lead()
    tell(project, [lead.leader.user] if lead else [], N_("A mid-term review came back. Please write it anew."), at=at)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, [*staff_of(project), *heads], N_("A mid-term review was sent back."), at=at, kind=NEWS)
    return review


def end_the_wait(project: SupportProject, *, by: User, at: datetime, reason: str, is_settled: bool = False) -> MidTermReview:
    """The review that waits for the head waits no more, without being agreed. Part of an action that holds the project."""
    review = project.mid_term_reviews.waiting().get()
    review.sent_back_at, review.sent_back_by, review.sent_back_reason, review.is_settled = at, by, reason, is_settled
    review.full_clean()
    review.save()
    if review.decision == MidTermDecision.EXIT:
        drop_exit(project)
    return review

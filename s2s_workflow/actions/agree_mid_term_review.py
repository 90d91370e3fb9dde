from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.amending import begin_amendment
from s2s_workflow.enums import MidTermDecision, Party, Stage
from s2s_workflow.exits import check_last_day_is_not_past
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.telling import NEWS, staff_of, tell


class ReviewReplaced(Refusal):
    """The review that was read is not the one that waits."""


@action
def agree_mid_term_review(*, project: SupportProject, by: By, at: datetime, seen: int | None = None) -> SupportProject:
    """
    Agree, for the supported school, to what the mid-term review proposes: the work goes on, or is brought to its end (D4). Changes
    begin an amendment of the agreement, if none is open.

    `seen` is the key of the review that the head read; with None nobody asks. Raises `PermissionDenied` unless by its head,
    `NotNow`, `ReviewReplaced` when another one waits, and `NotReady` saying what comes first.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.MID_TERM_REVIEW)
    review = project.mid_term_reviews.waiting().get()
    if seen is not None and seen != review.pk:
        raise ReviewReplaced(_("The review was written anew since you opened this page. Read it again."))
    if review.decision == MidTermDecision.EXIT:
        check_last_day_is_not_past(project, timezone.localdate(at))
    review.agreed_at, review.agreed_by = at, user
    review.save()
    record_event(project.case, N_("The school agreed to the mid-term review."), by=by, at=at, public=True)
    to = Stage.EXITING if review.decision == MidTermDecision.EXIT else Stage.ACTIVE
    project = move_project(project=project, to=to, by=by, at=at)
    if review.decision == MidTermDecision.CHANGE and not project.amending_at:
        begin_amendment(project, by=user, at=at, reason=review.next_steps)
        synchronise_turns(project.case, at=at)
    lead = project.named_lead()
    tell(project, [*staff_of(project), *([lead.leader.user] if lead else [])], N_("A mid-term review was agreed."), at=at, kind=NEWS)
    return project

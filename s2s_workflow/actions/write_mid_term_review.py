from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from cases.events import N_
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import MidTermDecision, Party, Stage
from s2s_workflow.exits import set_exit
from s2s_workflow.models import MidTermReview, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.telling import people_with_power, tell


@action
def write_mid_term_review(
    *,
    project: SupportProject,
    held_on: date,
    is_working: str,
    is_appropriate: str,
    next_steps: str,
    decision: MidTermDecision,
    by: By,
    at: datetime,
    exit_on: date | None = None,
    exit_steps: str = "",
) -> MidTermReview:
    """
    Write the mid-term review, with a proposal that the supported head agrees to (D4). Delivery goes on meanwhile.

    An exit needs its last day and the steps to it. Raises `PermissionDenied` unless by the named lead, `NotNow`, and
    `ValidationError`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.ACTIVE)
    if held_on > timezone.localdate(at):
        raise ValidationError({"held_on": _("The review has not been held yet.")})
    review = MidTermReview(
        project=project,
        held_on=held_on,
        is_working=is_working,
        is_appropriate=is_appropriate,
        next_steps=next_steps,
        decision=decision,
        written_at=at,
        written_by=user,
    )
    review.full_clean()
    review.save()
    if decision == MidTermDecision.EXIT:
        set_exit(project, exit_on=exit_on, exit_steps=exit_steps, at=at)
    move_project(project=project, to=Stage.MID_TERM_REVIEW, by=by, at=at)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, heads, N_("The mid-term review of your support is ready for you."), at=at)
    return review

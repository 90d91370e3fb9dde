from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.actions.request_change import void
from s2s_workflow.amending import end_amendment
from s2s_workflow.enums import AMENDED_AT, DeploymentState, Party
from s2s_workflow.models import SupportProject
from s2s_workflow.parties import everybody_in, open_agreement
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, check_reason, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, people_who_sign, tell


@action
def drop_amendment(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Drop an amendment that was begun, signed by some or by none: the agreement in force goes on unchanged (D4).

    Who was to join with it does not, other days are forgotten, a plan under review for it is not decided on. Raises
    `PermissionDenied` unless by alliance staff, `NotNow`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, *AMENDED_AT)
    if not project.amending_at:
        raise NotNow(_("No amendment of the agreement is open."))
    check_reason(reason)
    joining = [deployment.leader.user for deployment in project.joining()]
    people = [*everybody_in(project, timezone.localdate(at)), *people_who_sign(project, timezone.localdate(at)), *joining]
    if agreement := open_agreement(project):
        void(agreement, by=user, at=at, reason=reason)
    for deployment in project.joining():
        deployment.state, deployment.ended_at, deployment.ended_by = DeploymentState.ENDED, at, user
        deployment.save()
    for deployment in project.team():
        if deployment.next_half_days or deployment.next_ends_on:
            deployment.next_half_days = deployment.next_ends_on = None
            deployment.save()
    state = getattr(getattr(project, "plan", None), "current_workflow_state", None)
    if state is not None:
        state.cancel(user=user)
    end_amendment(project)
    record_event(project.case, N_("The amendment was dropped: the agreement stays as it is."), by=by, at=at, reason=reason, public=True)
    tell(project, people, N_("An amendment of an agreement was dropped."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return project

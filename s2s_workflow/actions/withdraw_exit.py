from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party
from s2s_workflow.exits import check_end_is_proposed, drop_exit, tell_both_sides
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, lock_project


@action
def withdraw_exit(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Take back, for the side that proposes it, an end that nobody has agreed to: the work goes on as agreed (D4).

    Raises `PermissionDenied` unless by the named lead or alliance staff, `NotNow`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    check_user_is(by, Party.NAMED_LEAD_OR_STAFF, project, timezone.localdate(at))
    check_end_is_proposed(project)
    check_reason(reason)
    drop_exit(project)
    record_event(project.case, N_("The proposed end of the support was taken back."), by=by, at=at, reason=reason, public=True)
    tell_both_sides(project, N_("The proposed end of a support project was taken back: the work goes on."), by=by, at=at)
    synchronise_turns(project.case, at=at)
    return project

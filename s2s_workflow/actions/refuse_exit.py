from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party
from s2s_workflow.exits import REFUSED, check_end_is_as_shown, drop_exit, tell_both_sides
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, lock_project


@action
def refuse_exit(*, project: SupportProject, seen: str, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Say no, for the supported school, to the end that is proposed: the work goes on as agreed, and no end is proposed any more (D4).

    `seen` is the fingerprint of what was shown (`arrangements.fingerprint_of_exit`). Raises `PermissionDenied` unless by the supported
    head, `NotNow`, `ExitChanged`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_end_is_as_shown(project, seen)
    check_reason(reason)
    drop_exit(project)
    record_event(project.case, REFUSED, by=by, at=at, reason=reason, public=True)
    tell_both_sides(project, N_("A school does not agree to the end of its support: the work goes on."), by=by, at=at)
    synchronise_turns(project.case, at=at)
    return project

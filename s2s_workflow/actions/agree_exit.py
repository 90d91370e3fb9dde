from datetime import datetime

from django.utils import timezone

from cases.events import N_
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Party, Stage
from s2s_workflow.exits import check_end_is_as_shown, check_last_day_is_not_past, check_user_agrees_for_others, tell_both_sides
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project


@action
def agree_exit(*, project: SupportProject, seen: str, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Agree to the end that is proposed: from now on its last day holds (D4).

    `seen` is the fingerprint of what was shown (`arrangements.fingerprint_of_exit`). Raises `PermissionDenied` unless by the supported
    head or, in a dispute, an S2S lead; `OwnProposal` for one who proposed it while the school has refused none; `NotNow`, `ExitChanged`,
    `NotReady` saying what comes first, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    check_user_is(by, Party.SUPPORTED_HEAD_OR_S2S_LEAD, project, timezone.localdate(at))
    check_end_is_as_shown(project, seen)
    check_user_agrees_for_others(by, project)
    check_last_day_is_not_past(project, timezone.localdate(at))
    project = move_project(project=project, to=Stage.EXITING, by=by, at=at, reason=reason)
    tell_both_sides(project, N_("The end of a support project was agreed."), by=by, at=at)
    return project

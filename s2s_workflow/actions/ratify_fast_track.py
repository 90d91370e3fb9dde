from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import GroupSubject, Party
from s2s_workflow.models import SupportProject
from s2s_workflow.models.documents import check_is_not_tied
from s2s_workflow.opinions import is_before_the_group, verdict_on
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, NotReady, check_reason, lock_project


@action
def ratify_fast_track(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Record that the working group ratified a fast track, with its rationale (W9).

    Raises `PermissionDenied` unless by a member without a conflict, `MayNotDecide` for people of the project's schools,
    `NotNow` when there is nothing to ratify, `NotReady` without a quorum in favour, and `ValidationError` without a rationale.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.WORKING_GROUP, project, timezone.localdate(at))
    if not is_before_the_group(project, GroupSubject.FAST_TRACK):
        raise NotNow(_("There is no fast track to ratify."))
    check_is_not_tied(project, user)
    check_reason(reason)
    if missing := verdict_on(project, GroupSubject.FAST_TRACK).missing_for_yes():
        raise NotReady(missing)
    project.ratified_at, project.ratified_by = at, user
    project.save()
    record_event(project.case, N_("The working group ratified the fast track."), by=by, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    return project

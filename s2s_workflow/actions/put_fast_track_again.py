from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject
from s2s_workflow.opinions import fast_track_is_refused, members_asked_about_the_fast_track
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, check_reason, lock_project
from s2s_workflow.telling import tell


@action
def put_fast_track_again(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Put a fast track that the working group does not support to it once more, saying what is new (W9): a new round of views, for which
    the members who may give one are asked by mail.

    Nobody signs meanwhile. Raises `PermissionDenied` unless by an S2S lead, `NotNow` while the group has not refused it, and
    `ValidationError` without a reason.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.S2S_LEAD, project, timezone.localdate(at))
    if not fast_track_is_refused(project):
        raise NotNow(_("The working group has not refused a fast track of this project."))
    check_reason(reason)
    project.fast_tracked_at, project.fast_tracked_by = at, user
    project.save()
    record_event(project.case, N_("The fast track was put to the working group again."), by=by, at=at, reason=reason)
    members = members_asked_about_the_fast_track(project)
    tell(project, members, N_("A fast track was put to the working group again and waits for your view."), at=at)
    synchronise_turns(project.case, at=at)
    return project

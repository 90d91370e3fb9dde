from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import InitialMeeting, SupportProject
from s2s_workflow.models.team import AGENDA
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project


@action
def record_initial_meeting(
    *, project: SupportProject, held_on: date, attendees: str, answers: dict[str, str], by: By, at: datetime
) -> InitialMeeting:
    """
    Record the initial meeting: when, who, and what was settled on each point of the agenda (W6). The project moves on.

    `answers` has a text for each key of `AGENDA`. Raises `PermissionDenied` unless by the named lead, `NotNow`, and
    `ValidationError` naming the points without an answer.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.TEAM_AGREED)
    empty = {key: _("Say what was settled.") for key in AGENDA if not answers.get(key, "").strip()}
    if held_on > timezone.localdate(at):
        empty["held_on"] = _("The meeting has not been held yet.")
    if empty:
        raise ValidationError(empty)
    meeting = InitialMeeting.objects.filter(project=project).first() or InitialMeeting(project=project)
    meeting.held_on, meeting.attendees, meeting.answers = held_on, attendees, {key: answers[key] for key in AGENDA}
    meeting.recorded_at, meeting.recorded_by = at, user
    meeting.full_clean()
    meeting.save()
    project.initial_meeting = meeting
    move_project(project=project, to=Stage.INITIAL_MEETING_HELD, by=by, at=at)
    return meeting

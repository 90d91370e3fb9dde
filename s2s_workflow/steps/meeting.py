"""The initial meeting, recorded point by point (W6)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.record_initial_meeting import record_initial_meeting
from s2s_workflow.enums import Party, Stage
from s2s_workflow.forms.visits import MeetingForm
from s2s_workflow.models import SupportProject
from s2s_workflow.readiness import comparison_of
from s2s_workflow.steps.base import Doing, Step, party


def _recorded(project: SupportProject, target: Any) -> dict[str, Any]:
    """What was recorded before the project went back to brokering."""
    meeting = getattr(project, "initial_meeting", None)
    return {"held_on": meeting.held_on, "attendees": meeting.attendees, **meeting.answers} if meeting else {}


def _record(doing: Doing) -> object:
    data = doing.data
    return record_initial_meeting(
        project=doing.project,
        held_on=data["held_on"],
        attendees=data["attendees"],
        answers=data["answers"],
        by=doing.user,
        at=doing.at,
    )


def _agenda(project: SupportProject, target: Any) -> dict[str, Any]:
    """Where both sides' answers to the readiness questions differ, if both are in (P5)."""
    return {"comparison": comparison_of(project)}


STEPS = [
    Step(
        slug="record-meeting",
        tab="project",
        label=_("Record the initial meeting"),
        done=_("The meeting was recorded. Now write the action plan."),
        act=_record,
        who=party(Party.NAMED_LEAD),
        form=MeetingForm,
        stages=(Stage.TEAM_AGREED,),
        initial=_recorded,
        context=_agenda,
        template="s2s_workflow/meeting_step.html",
        explanation=_("What both sides settled goes into the agreement, word for word."),
    ),
]

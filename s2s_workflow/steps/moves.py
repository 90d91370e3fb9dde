"""The moves of the table that need nothing but a click and, perhaps, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.steps.base import Doing, Step, StepForm, party
from s2s_workflow.transitions import find_move, missing_for


class MoveReasonForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, error_messages={"required": _("Give a reason")}
    )


def _move(
    slug: str,
    to: Stage,
    source: Stage,
    who: Party,
    label: Any,
    done: Any,
    *,
    form: type[StepForm] = StepForm,
    fast_track: bool = False,
    **more: Any,
) -> Step:
    def ready(project: SupportProject, target: Any) -> bool:
        move = find_move(project, to)
        return move is not None and move.fast_track == fast_track and not missing_for(move, project)

    def act(doing: Doing) -> object:
        return move_project(project=doing.project, to=to, by=doing.user, at=doing.at, reason=doing.data.get("reason", ""))

    return Step(slug=slug, tab="project", label=label, done=done, act=act, who=party(who), form=form, stages=(source,), ready=ready, **more)


STEPS = [
    _move(
        "start-due-diligence",
        Stage.DUE_DILIGENCE,
        Stage.TRIAGE,
        Party.STAFF,
        _("Start due diligence"),
        _("Due diligence has started."),
    ),
    _move(
        "start-group-review",
        Stage.WORKING_GROUP_REVIEW,
        Stage.TRIAGE,
        Party.STAFF,
        _("Put it to the working group"),
        _("It is before the working group."),
    ),
    _move("start-brokering", Stage.BROKERING, Stage.TRIAGE, Party.STAFF, _("Start brokering"), _("Brokering has started.")),
    _move(
        "fast-track",
        Stage.BROKERING,
        Stage.TRIAGE,
        Party.S2S_LEAD,
        _("Start a fast track"),
        _("Brokering has started. The working group still has to ratify it."),
        form=MoveReasonForm,
        fast_track=True,
        explanation=_("For urgent cases: brokering starts now, and nobody signs until the working group has ratified it."),
    ),
    _move(
        "fast-track-now",
        Stage.BROKERING,
        Stage.DUE_DILIGENCE,
        Party.S2S_LEAD,
        _("Start a fast track"),
        _("Brokering has started. The working group still has to ratify it."),
        form=MoveReasonForm,
        fast_track=True,
        explanation=_("For urgent cases: brokering starts now, and nobody signs until the working group has ratified it."),
    ),
    _move("agree-team", Stage.TEAM_AGREED, Stage.BROKERING, Party.STAFF, _("Record the team as agreed"), _("The team is agreed.")),
    *(
        _move(
            f"broker-again-{number}",
            Stage.BROKERING,
            source,
            Party.STAFF,
            _("Go back to brokering"),
            _("The project is being brokered again."),
            form=MoveReasonForm,
        )
        for number, source in enumerate((Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED), start=1)
    ),
    _move(
        "draft-agreement",
        Stage.AGREEMENT_DRAFTED,
        Stage.INITIAL_MEETING_HELD,
        Party.NAMED_LEAD_OR_STAFF,
        _("Go on to the agreement"),
        _("The agreement can be drawn up."),
    ),
    _move(
        "end-delivery",
        Stage.FINAL_REVIEW_DUE,
        Stage.ACTIVE,
        Party.NAMED_LEAD_OR_STAFF,
        _("End the delivery"),
        _("The school is asked for its final review."),
        explanation=_("All visits are held and noted, or cancelled. The head of the school then writes the final review."),
    ),
    _move(
        "end-exit",
        Stage.FINAL_REVIEW_DUE,
        Stage.EXITING,
        Party.NAMED_LEAD_OR_STAFF,
        _("End the delivery"),
        _("The school is asked for its final review."),
        explanation=_("All visits are held and noted, or cancelled. The head of the school then writes the final review."),
    ),
]

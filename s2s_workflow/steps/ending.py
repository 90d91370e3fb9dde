"""The last steps: send the evaluation to those involved, and close (E3)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.close_project import close_project
from s2s_workflow.actions.disseminate import disseminate
from s2s_workflow.enums import Party, Stage
from s2s_workflow.forms.reviews import ReasonForClosingForm
from s2s_workflow.models import SupportProject
from s2s_workflow.parties import everybody_in
from s2s_workflow.steps.base import Step, party
from s2s_workflow.transitions import find_move, missing_for


def _recipients(project: SupportProject, target: Any) -> dict[str, Any]:
    return {"recipients": everybody_in(project, timezone.localdate())}


def _can_close(project: SupportProject, target: Any) -> bool:
    move = find_move(project, Stage.CLOSED)
    return move is not None and not missing_for(move, project)


STEPS = [
    Step(
        slug="disseminate",
        tab="project",
        label=_("Send the evaluation to those involved"),
        button=_("Send it"),
        done=_("The evaluation was sent, and who got it was recorded."),
        act=lambda doing: disseminate(project=doing.project, by=doing.user, at=doing.at),
        who=party(Party.S2S_LEAD),
        stages=(Stage.APPROVED,),
        context=_recipients,
        explanation=_("Each gets an e-mail with a link. Nobody else can read it."),
        template="s2s_workflow/disseminate.html",
    ),
    Step(
        slug="close-project",
        tab="project",
        label=_("Close the project"),
        done=_("The project is closed."),
        act=lambda doing: close_project(project=doing.project, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.S2S_LEAD),
        form=ReasonForClosingForm,
        stages=(Stage.DISSEMINATED,),
        ready=_can_close,
        explanation=_("Everything stays readable. Nothing can be added any more."),
    ),
]

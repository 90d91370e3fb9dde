"""Answering the readiness questions for one side, and submitting them (P5). Each side has steps of its own, closed to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliance.models import User
from s2s_workflow.actions.save_readiness_answers import save_readiness_answers
from s2s_workflow.actions.submit_readiness_answers import submit_readiness_answers
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.forms.readiness import LeaderForm, ReadinessForm, SchoolForm, SeenForm
from s2s_workflow.models import SupportProject
from s2s_workflow.readiness import (
    ANSWERED_AT,
    answered,
    asked_of,
    fingerprint_of,
    own_answers,
    questions_of,
    side_of,
    themes_without_a_place,
)
from s2s_workflow.steps.base import Doing, Step

FORMS: dict[ReadinessSide, type[ReadinessForm]] = {ReadinessSide.LEADER: LeaderForm, ReadinessSide.SCHOOL: SchoolForm}


def _on(side: ReadinessSide) -> Callable[[User, SupportProject, Any, date], bool]:
    return lambda user, project, target, on: side_of(user, project, on) == side


def _seen(side: ReadinessSide) -> Callable[[SupportProject, Any], dict[str, Any]]:
    return lambda project, target: {"seen": fingerprint_of(asked_of(project), own_answers(project, side))}


def _saved(side: ReadinessSide) -> Callable[[SupportProject, Any], dict[str, Any]]:
    """What the side has saved, as the fields of the form."""

    def initial(project: SupportProject, target: Any) -> dict[str, Any]:
        row = own_answers(project, side)
        fields = {f"{what}_{key}": text for key, answer in row.answers.items() for what, text in answer.items()}
        return {**fields, "seen": fingerprint_of(asked_of(project), row)}

    return initial


def _shown(side: ReadinessSide) -> Callable[[SupportProject, Any], dict[str, Any]]:
    """What is saved, to read: before submitting, and beside what was typed when a colleague saved meanwhile."""

    def context(project: SupportProject, target: Any) -> dict[str, Any]:
        row, questions = own_answers(project, side), questions_of(project)
        return {"row": row, "questions": questions, "own": answered(questions, side, row)}

    return context


def _may_be_answered(side: ReadinessSide) -> Callable[[SupportProject, Any], bool]:
    return lambda project, target: bool(asked_of(project)) and own_answers(project, side).submitted_at is None


def _may_be_submitted(side: ReadinessSide) -> Callable[[SupportProject, Any], bool]:
    def ready(project: SupportProject, target: Any) -> bool:
        row = own_answers(project, side)
        return row.version > 0 and row.submitted_at is None and not themes_without_a_place(asked_of(project), row.answers)

    return ready


def _save(side: ReadinessSide) -> Callable[[Doing], object]:
    return lambda doing: save_readiness_answers(
        project=doing.project, side=side, answers=doing.data["answers"], seen=doing.data["seen"], by=doing.user, at=doing.at
    )


def _submit(side: ReadinessSide) -> Callable[[Doing], object]:
    return lambda doing: submit_readiness_answers(project=doing.project, side=side, seen=doing.data["seen"], by=doing.user, at=doing.at)


def _steps_of(side: ReadinessSide) -> list[Step]:
    return [
        Step(
            slug=f"answer-readiness-{side.asked_as}",
            tab="readiness",
            label=_("Answer the readiness questions"),
            button=_("Save"),
            done=_("Your answers are saved. Only your side sees them. Submit them when they are complete."),
            act=_save(side),
            who=_on(side),
            form=FORMS[side],
            stages=ANSWERED_AT,
            ready=_may_be_answered(side),
            initial=_saved(side),
            context=_shown(side),
            explanation=_(
                "Nobody but your own side sees what you write, not even the alliance, until both sides have submitted. You can save what "
                "you have and go on later."
            ),
            template="s2s_workflow/readiness_step.html",
        ),
        Step(
            slug=f"submit-readiness-{side.asked_as}",
            tab="readiness",
            label=_("Submit your answers"),
            done=_("Your answers are submitted. As soon as the other side has submitted too, you both see both."),
            act=_submit(side),
            who=_on(side),
            form=SeenForm,
            stages=ANSWERED_AT,
            ready=_may_be_submitted(side),
            initial=_seen(side),
            context=_shown(side),
            explanation=_("After this they cannot be changed. When both sides have submitted, both and the alliance see both."),
            template="s2s_workflow/readiness_submit.html",
        ),
    ]


STEPS = [step for side in ReadinessSide for step in _steps_of(side)]

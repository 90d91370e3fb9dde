"""When readiness answers may be saved and submitted."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.actions import Refusal
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models import ReadinessAnswers, ReadinessConversation, SupportProject
from s2s_workflow.models.readiness import AlreadySubmitted
from s2s_workflow.policies import NotReady
from s2s_workflow.readiness import conversation_of, fingerprint_of, own_answers
from website.readiness import WORDS, Asked, Place, asked_now


class AnswersChanged(Refusal):
    """A colleague saved, or the questions were reworded, since the page was shown."""


def conversation_for(project: SupportProject, side: ReadinessSide, *, at: datetime) -> tuple[ReadinessConversation, ReadinessAnswers]:
    """The conversation and a side's answers, both perhaps not saved yet. Raises `NotReady` where nothing is asked."""
    conversation = conversation_of(project) or ReadinessConversation(project=project, asked=asked_now(), asked_at=at)
    if not conversation.asked:
        raise NotReady(_("The alliance asks no readiness questions at the moment."))
    return conversation, own_answers(project, side)


def check_is_not_submitted(answers: ReadinessAnswers) -> None:
    if answers.submitted_at:
        raise AlreadySubmitted(_("Your side has submitted its answers already. They stay as they are."))


def check_is_as_shown(asked: Asked, answers: ReadinessAnswers, seen: str) -> None:
    if seen != fingerprint_of(asked, answers):
        raise AnswersChanged(
            _("A colleague saved answers, or the questions were changed, since you opened this page. Compare, then send it once more.")
        )


def check_answers_fit(asked: Asked, answers: dict[str, dict[str, str]]) -> None:
    """Raise `ValidationError` unless there is an answer, perhaps empty, to each question and to nothing else."""
    keys = {theme["key"] for themes in asked.values() for theme in themes}
    fits = answers.keys() == keys and all(
        answer.keys() == {"place", "words"} and answer["place"] in ("", *Place.values) and len(answer["words"]) <= WORDS
        for answer in answers.values()
    )
    if not fits:
        raise ValidationError(_("Answer the questions that were asked."))

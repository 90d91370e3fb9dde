"""When something may be done with a case."""

from django.utils.translation import gettext as _

from cases.models import Case, Message
from common.actions import Refusal


class CaseIsClosed(Refusal):
    """The case has ended; nothing more is done on it."""


class QuestionIsAnswered(Refusal):
    """Somebody answered first, or the question needs no answer any more."""


def check_case_is_open(case: Case) -> None:
    if not case.is_open:
        raise CaseIsClosed(_("This case is closed, so nothing was changed."))


def check_question_is_open(question: Message) -> None:
    if not question.is_question or question.settled_at or Message.objects.filter(answers=question).exists():
        raise QuestionIsAnswered(_("This question has been answered already."))


def lock_case(case: Case) -> Case:
    """Read the case again, locked until the transaction ends: one change at a time."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)

from datetime import datetime

from cases.enums import PublicStatus
from cases.events import N_, record_event
from cases.models import Case, Message
from cases.permissions import check_user_works_on_case
from cases.policies import check_case_is_open, check_question_is_open, lock_case
from cases.signals import question_settled
from cases.turns import synchronise_turns
from common.actions import By, action


@action
def settle_question(*, question: Message, by: By, at: datetime) -> Message:
    """
    Say that a question needs no answer any more, for instance because it was answered by telephone.

    Raises `PermissionDenied`, `CaseIsClosed`, `QuestionIsAnswered`.
    """
    check_user_works_on_case(by, question.case)
    case = lock_case(question.case)
    check_case_is_open(case)
    question.refresh_from_db()
    check_question_is_open(question)
    question.settled_at = at
    question.save()
    if not case.messages.open_questions().exists():
        case.public_status = PublicStatus.LOOKING
        case.save()
    record_event(case, N_("Our question needs no answer any more."), by=by, at=at, public=True)
    question_settled.send(sender=Case, case=case, question=question, at=at)
    synchronise_turns(case, at=at)
    return question

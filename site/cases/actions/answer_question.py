from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cases.actions.attach_files import attach_files
from cases.actions.tell_staff import tell_staff
from cases.enums import Direction, PublicStatus
from cases.events import N_, record_event
from cases.models import Case, Message
from cases.policies import check_case_is_open, check_question_is_open, lock_case
from cases.signals import question_answered
from cases.turns import synchronise_turns
from common.actions import Actor, By, action


@action
def answer_question(*, question: Message, text: str, by: By, at: datetime, files: Sequence[UploadedFile] = ()) -> Message:
    """
    Answer the alliance's question, from the follow page (`by` is the link's holder) or signed in.

    The owner, or every S2S lead while there is none, is told. Raises `CaseIsClosed`, `QuestionIsAnswered` and
    `ValidationError`. The caller has opened the link or found the case among those the person may see.
    """
    case = lock_case(question.case)
    check_case_is_open(case)
    question.refresh_from_db()
    check_question_is_open(question)
    answer = Message(
        case=case,
        direction=Direction.TO_ALLIANCE,
        text=text,
        author=Actor.of(by).user,
        author_name=Actor.of(by).name,
        written_at=at,
        answers=question,
    )
    answer.full_clean()
    answer.save()
    attach_files(case=case, message=answer, files=files, by=by, at=at)
    if not case.messages.open_questions().exists():
        case.public_status = PublicStatus.LOOKING
        case.save()
    record_event(case, N_("The question was answered."), by=by, at=at, public=True)
    tell_staff(case, "question_answered", at=at)
    question_answered.send(sender=Case, case=case, answer=answer, at=at)
    synchronise_turns(case, at=at)
    return answer

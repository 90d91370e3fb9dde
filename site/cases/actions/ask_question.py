from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cases.actions.attach_files import attach_files
from cases.enums import Direction, PublicStatus
from cases.events import N_, record_event
from cases.models import Case, Message
from cases.permissions import check_user_works_on_case
from cases.policies import check_case_is_open, lock_case
from cases.signals import question_asked
from cases.turns import synchronise_turns
from common.actions import By, action
from outbox.actions.write_message import write_message


@action
def ask_question(*, case: Case, text: str, by: By, at: datetime, files: Sequence[UploadedFile] = ()) -> Message:
    """
    Ask the requester something. They are told by e-mail that there is a question, and read it on the follow page.

    Raises `PermissionDenied`, `CaseIsClosed`, and `ValidationError` for an empty or overlong text or a refused file.
    """
    user = check_user_works_on_case(by, case)
    case = lock_case(case)
    check_case_is_open(case)
    question = Message(
        case=case,
        direction=Direction.FROM_ALLIANCE,
        text=text,
        author=user,
        author_name=user.get_full_name() or str(user),
        written_at=at,
        is_question=True,
    )
    question.full_clean()
    question.save()
    attach_files(case=case, message=question, files=files, by=by, at=at)
    case.public_status = PublicStatus.QUESTION
    case.save()
    record_event(case, N_("We asked a question."), by=by, at=at, public=True)
    write_message(
        kind="question_asked", about=case, at=at, email=case.contact_email, name=case.contact_name, language=case.contact_language
    )
    question_asked.send(sender=Case, case=case, question=question, at=at)
    synchronise_turns(case, at=at)
    return question

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cases.actions.attach_files import attach_files
from cases.actions.tell_staff import tell_staff
from cases.enums import Direction
from cases.events import N_, record_event
from cases.models import Case, Message
from cases.permissions import check_user_works_on_case
from cases.policies import check_case_is_open, lock_case
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from outbox.actions.write_message import write_message

SENTENCES = {
    Direction.FROM_ALLIANCE: N_("We sent a message."),
    Direction.TO_ALLIANCE: N_("A message came from the requester."),
    Direction.INTERNAL: N_("An internal note was added."),
}


@action
def send_message(*, case: Case, direction: Direction, text: str, by: By, at: datetime, files: Sequence[UploadedFile] = ()) -> Message:
    """
    Add a message that needs no answer, or an internal note, which no requester ever sees.

    Raises `PermissionDenied` for a message or note of the alliance by anybody else, `CaseIsClosed`, `ValidationError`.
    """
    if direction != Direction.TO_ALLIANCE:
        check_user_works_on_case(by, case)
    case = lock_case(case)
    check_case_is_open(case)
    author = Actor.of(by)
    message = Message(case=case, direction=direction, text=text, author=author.user, author_name=author.name, written_at=at)
    message.full_clean()
    message.save()
    attach_files(case=case, message=message, files=files, by=by, at=at)
    record_event(case, SENTENCES[direction], by=by, at=at, public=direction != Direction.INTERNAL)
    if direction == Direction.FROM_ALLIANCE:
        write_message(
            kind="message_sent", about=case, at=at, email=case.contact_email, name=case.contact_name, language=case.contact_language
        )
    elif direction == Direction.TO_ALLIANCE:
        tell_staff(case, "message_came", at=at)
    synchronise_turns(case, at=at)
    return message

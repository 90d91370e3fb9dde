from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.enums import FINAL, PublicStatus
from cases.events import N_, record_event
from cases.models import Case
from cases.policies import check_case_is_open, lock_case
from cases.signals import case_closed
from cases.turns import synchronise_turns
from common.actions import By
from outbox.actions.write_message import write_message

SENTENCES = {
    PublicStatus.COMPLETED: N_("The case was completed."),
    PublicStatus.DECLINED: N_("The request was declined."),
    PublicStatus.REFERRED: N_("The request was passed on."),
    PublicStatus.WITHDRAWN: N_("The request was withdrawn."),
}


def end_case(*, case: Case, status: PublicStatus, reason: str, by: By, at: datetime) -> Case:
    """What every ending shares. Part of an action that has checked who acts."""
    if status not in FINAL:
        raise ValueError(f"{status} does not end a case.")
    if not reason.strip():
        raise ValidationError({"reason": _("Give a reason.")})
    case = lock_case(case)
    check_case_is_open(case)
    case.public_status = status
    case.closed_at = at
    case.save()
    for question in case.messages.open_questions():
        question.settled_at = at
        question.save()
    record_event(case, SENTENCES[status], by=by, at=at, reason=reason, public=True)
    case_closed.send(sender=Case, case=case, at=at, reason=reason)
    synchronise_turns(case, at=at)
    return case


def tell_requester(case: Case, *, at: datetime) -> None:
    """That the case was closed, and why. Part of an action that ends it for the alliance."""
    write_message(kind="case_closed", about=case, at=at, email=case.contact_email, name=case.contact_name, language=case.contact_language)

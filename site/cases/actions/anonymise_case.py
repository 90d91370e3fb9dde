from datetime import datetime

from django.db.models import Q

from cases.models import Case, CaseEvent
from cases.policies import lock_case
from cases.purposes import FOLLOW
from cases.signals import case_anonymised
from common.actions import BY_FORM, BY_LINK, By, Refusal, action
from common.files import delete_private_file
from common.links import delete_links
from common.personal_data import ERASED, ERASED_ADDRESS, REMOVED, empty_record, erase_senders
from outbox.actions.forget_recipients import forget_recipients

EMPTIED = {
    "title": REMOVED,
    "contact_name": ERASED,
    "contact_role": "",
    "contact_email": ERASED_ADDRESS,
    "contact_telephone": "",
    "organisation_name_given": "",
}


class CaseIsOpen(Refusal):
    """It has not ended, so it is needed as it is."""


@action
def anonymise_case(*, case: Case, by: By, at: datetime) -> Case:
    """
    Empty an ended case of whoever asked and of all that was written on it, files and reasons included, in the history too.

    What is left is counted: kind, school, status, who asked what for whom in kind, and when. Staff stay named in what they did. Cannot be
    undone; doing it again changes nothing more. Raises `CaseIsOpen`.
    """
    case = lock_case(case)
    if case.is_open:
        raise CaseIsOpen("This case has not ended.")
    _empty_messages(case)
    for turn in case.turns.all():
        erase_senders(turn.history.all())
    forget_recipients(about=case, by=by, at=at)
    delete_links(purpose=FOLLOW, subject=case)
    case_anonymised.send(sender=Case, case=case, at=at)
    empty_record(case, **EMPTIED)
    _empty_events(case)
    return case


def _empty_messages(case: Case) -> None:
    for attachment in case.attachments.select_related("private_file"):
        erase_senders(attachment.history.all())
        erase_senders(attachment.private_file.history.all())
        attachment.delete()
        delete_private_file(attachment.private_file)
    for message in case.messages.all():
        empty_record(message, text=REMOVED, author_name=message.author_name if message.author_id else ERASED)


def _empty_events(case: Case) -> None:
    """Events are written once; the time for which they may be kept is the one exception."""
    events = CaseEvent.objects.filter(case=case)
    events.exclude(reason="").update(reason=REMOVED)
    events.filter(Q(actor_name__endswith=BY_LINK) | Q(actor_name__endswith=BY_FORM), actor=None).update(actor_name=ERASED)

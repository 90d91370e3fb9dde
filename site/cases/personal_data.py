"""What cases hold on a person: as their contact, and as the author of messages and events."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from alliance.models import User
from cases.models import Case, CaseEvent, Message
from common.actions import BY_FORM, BY_LINK
from common.personal_data import ERASED, ERASED_ADDRESS, PersonalData, erase_in_history

CONTACT = {"contact_name": ERASED, "contact_role": "", "contact_email": ERASED_ADDRESS, "contact_telephone": ""}


def _cases_of(user: User) -> QuerySet[Case]:
    return Case.objects.filter(contact_email__iexact=user.email).order_by("pk")


def _names_of(user: User) -> set[str]:
    """How the person is named in messages and events: signed in, by link, by form."""
    names = {user.get_full_name(), user.email, *_cases_of(user).values_list("contact_name", flat=True)} - {""}
    return {f"{name} {how}" for name in names for how in (BY_LINK, BY_FORM)}


def _messages_of(user: User) -> QuerySet[Message]:
    return Message.objects.filter(Q(author=user) | Q(author_name__in=_names_of(user), author=None, case__in=_cases_of(user))).order_by("pk")


def export_case_data(user: User) -> PersonalData:
    user_events = CaseEvent.objects.filter(actor=user).order_by("pk")
    return {
        "cases as contact": list(_cases_of(user).values("reference", "title", "opened_at", *CONTACT)),
        "messages written": list(_messages_of(user).values("case__reference", "written_at", "text")),
        "what was done on cases": list(user_events.values("case__reference", "happened_at", "sentence")),
    }


def erase_case_data(user: User, at: datetime) -> None:
    """Take the person out of contacts, messages and events. What was done stays, and so do the texts of messages."""
    names = _names_of(user)
    for message in _messages_of(user):
        message.author_name = ERASED
        message.save()
        erase_in_history(message, author_name=ERASED)
    # Events are written once; the law is the one exception.
    CaseEvent.objects.filter(Q(actor=user) | Q(actor_name__in=names, actor=None, case__in=_cases_of(user))).update(actor_name=ERASED)
    for event in CaseEvent.objects.filter(values__owner=user.get_full_name() or str(user)):
        CaseEvent.objects.filter(pk=event.pk).update(values={**event.values, "owner": ERASED})
    for case in _cases_of(user):
        for name, value in CONTACT.items():
            setattr(case, name, value)
        case.save()
        erase_in_history(case, **CONTACT)

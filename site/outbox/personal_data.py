"""What the outbox holds on a person: to whom what was sent when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from alliance.models import User
from common.personal_data import ERASED, ERASED_ADDRESS, PersonalData, erase_in_history
from outbox.models import MutedKind, OutboxMessage


def _messages_to(user: User) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(Q(recipient=user) | Q(recipient_email__iexact=user.email)).order_by("pk")


def export_outbox_data(user: User) -> PersonalData:
    return {
        "messages": list(_messages_to(user).values("kind", "recipient_email", "recipient_name", "written_at", "sent_at")),
        "kinds of message not wanted": list(MutedKind.objects.filter(user=user).values("kind")),
    }


def erase_outbox_data(user: User, at: datetime) -> None:
    """Take name and address out of every message; one that has not left yet is given up."""
    for message in _messages_to(user):
        message.recipient_email, message.recipient_name = ERASED_ADDRESS, ERASED
        if message.sent_at is None and message.given_up_at is None:
            message.given_up_at = at
        message.save()
        erase_in_history(message, recipient_email=ERASED_ADDRESS, recipient_name=ERASED)

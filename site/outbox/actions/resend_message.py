from datetime import datetime

from django.utils.translation import gettext as _

from common.actions import By, Refusal, action
from outbox.models import OutboxMessage


class MessageIsWaiting(Refusal):
    """The message has not left yet and will be tried by itself."""


@action
def resend_message(*, message: OutboxMessage, by: By, at: datetime) -> OutboxMessage:
    """
    Write the same message again; the new row is worded afresh, with fresh links, and the old one stays as it was.

    Raises `MessageIsWaiting` when the first is still on its way.
    """
    if not message.sent_at and not message.given_up_at:
        raise MessageIsWaiting(_("This message is still on its way. It will be tried again by itself."))
    return OutboxMessage.objects.create(
        kind=message.kind,
        about=message.about,
        recipient=message.recipient,
        recipient_email=message.recipient_email,
        recipient_name=message.recipient_name,
        language=message.language,
        details=message.details,
        written_at=at,
        next_try_at=at,
    )

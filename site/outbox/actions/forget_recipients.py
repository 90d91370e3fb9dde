from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

from common.actions import By, action
from common.personal_data import ERASED, ERASED_ADDRESS, erase_in_history, erase_senders
from outbox.models import OutboxMessage


@action
def forget_recipients(*, about: models.Model, by: By, at: datetime) -> None:
    """
    Take out of the messages about one object whoever got them without an account; one that has not left is given up.

    That something was sent, and when, stays.
    """
    kind = ContentType.objects.get_for_model(about)
    for message in OutboxMessage.objects.select_for_update(of=("self",)).filter(about_type=kind, about_id=str(about.pk)):
        if message.recipient_id is None:
            message.recipient_email, message.recipient_name = ERASED_ADDRESS, ERASED
            if message.sent_at is None and message.given_up_at is None:
                message.given_up_at, message.last_error = at, "No longer wanted"
            message.save()
            erase_in_history(message, recipient_email=ERASED_ADDRESS, recipient_name=ERASED)
        erase_senders(message.history.all())

from datetime import datetime

from django.db import models

from common.actions import By, action
from outbox.models import OutboxMessage


@action
def take_back_messages(*, kind: str, about: models.Model, by: By, at: datetime) -> None:
    """
    Give up the messages of one kind about one object that have not left.

    One that is just being sent may still arrive, and is then noted as sent.
    """
    for message in OutboxMessage.objects.select_for_update(of=("self",)).waiting(kind=kind, about=about):
        message.given_up_at, message.last_error = at, "Taken back"
        message.save()

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import translation

from alliance.models import User
from outbox.kinds import message_kinds
from outbox.models import MutedKind, OutboxMessage


def write_message(
    *,
    kind: str,
    about: models.Model,
    at: datetime,
    to: User | None = None,
    email: str = "",
    name: str = "",
    language: str = "",
    **details: Any,
) -> OutboxMessage | None:
    """
    Write one message to a person with an account (`to`) or to an address (`email`, `name`).

    Called inside the action that causes it: the row commits or vanishes with its cause. Returns None for a person
    who muted this kind or whose account is switched off. Raises `KeyError` for a kind nobody registered.
    """
    known = message_kinds()[kind]
    if to is not None:
        if not to.is_active or (known.can_be_muted and MutedKind.objects.filter(user=to, kind=kind).exists()):
            return None
        email, name, language = to.email, to.get_full_name(), to.language or language
    return OutboxMessage.objects.create(
        kind=kind,
        about=about,
        recipient=to,
        recipient_email=email,
        recipient_name=name,
        language=language or translation.get_language() or "",
        details=details,
        written_at=at,
        next_try_at=at,
    )

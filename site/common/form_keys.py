"""Each form carries a key; an action uses it up in its own transaction, so double clicks and resends act once."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from common.models import FormUse


class FormAlreadySent(Exception):
    """This very form was acted on before. Show what came of it; change nothing."""


def new_form_key() -> str:
    return str(uuid.uuid4())


class FormKeyUsedUp(Exception):
    """The key was used for something else: a browser went back to an old form. What is in it now was not acted on."""


def use_form_key(key: uuid.UUID | str, *, at: datetime, digest: str = "") -> None:
    """
    Use up a form's key; of two at once the database lets one through.

    `digest` stands for what was sent. Raises `FormAlreadySent` for a repeat of the same, `FormKeyUsedUp` for another.
    """
    try:
        with transaction.atomic():
            FormUse.objects.create(key=key, used_at=at, digest=digest)
    except IntegrityError as repeated:
        same = FormUse.objects.filter(key=key, digest=digest).exists()
        raise (FormAlreadySent if same else FormKeyUsedUp) from repeated

"""Kinds of message: their wording is a template, their links are made when they are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from wagtail import hooks

if TYPE_CHECKING:
    from alliance.models import User
    from outbox.models import OutboxMessage


@dataclass(frozen=True)
class Attachment:
    """A small file that goes with a mail, such as an entry for a calendar. Nothing confidential: a link leads to that."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class MessageKind:
    """
    One kind of message.

    `context(message, at)` returns what `template` needs; it may make signed links. The template's first line is the
    subject, the rest the body, plain text. No confidential content: an e-mail says that there is something to read.
    `still_wanted(message)` is asked at sending; False drops the message. `label` stands in a person's preferences
    when `can_be_muted` and `relevant_to(person)`. `attachments(message, at)` are made at sending as well.
    """

    key: str
    label: Any
    template: str
    context: Callable[[OutboxMessage, datetime], dict[str, Any]]
    can_be_muted: bool = True
    still_wanted: Callable[[OutboxMessage], bool] = lambda message: True
    relevant_to: Callable[[User], bool] = lambda user: True
    attachments: Callable[[OutboxMessage, datetime], list[Attachment]] = lambda message, at: []


@dataclass(frozen=True)
class Mail:
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


@cache
def message_kinds() -> dict[str, MessageKind]:
    """All kinds of the core and the plugins, from the hook `s2s_message_kinds`."""
    return {kind.key: kind for hook in hooks.get_hooks("s2s_message_kinds") for kind in hook()}


def word_message(message: OutboxMessage, *, at: datetime) -> Mail:
    """Render a message in its recipient's language. Raises `KeyError` when the plugin that knows its kind is gone."""
    kind = message_kinds()[message.kind]
    with translation.override(message.language or translation.get_language()):
        context = {"message": message, "recipient_name": message.recipient_name, **kind.context(message, at)}
        first, _, rest = render_to_string(kind.template, context).strip().partition("\n")
        attachments = tuple(kind.attachments(message, at))
    return Mail(subject=" ".join(first.split())[:200], body=rest.strip() + "\n", attachments=attachments)

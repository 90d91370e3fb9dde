"""
Delivery: each message leaves once, is tried again with growing pauses, and is given up after some days.

A message is leased, and its words and links are made, in one short transaction; it is sent outside any, so that a mail
server that hangs holds no lock; how it went is written down in another short one.

None is lost: whatever happens, a message that was not noted as sent is due again, at the latest when its lease ends.
None is sent twice, but for one window that SMTP leaves open: the server has taken the mail, and then the answer is lost,
the process dies or the database is gone before that is written down. Such a mail is sent again under the same
Message-ID, by which most mailboxes drop the repeat. Since the first may have arrived, the links in it stay.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from common.links import links_made, unmake_links
from common.models import SignedLink
from outbox.kinds import Mail, message_kinds, word_message
from outbox.models import OutboxMessage

LEASE = timedelta(minutes=5)
"""Longer than a mail server can hang in one send: `EMAIL_TIMEOUT` ends each of its few answers."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)
BATCH = 200
SERVICE_CLOSES = 421
log = logging.getLogger("s2s.outbox")


class ConnectionLost(Exception):
    """It was the mail server, not the message: nothing more can be sent over this connection."""


@dataclass(frozen=True)
class Worded:
    """A message that this run holds, as it is to be sent, and the links that were made for it."""

    message: OutboxMessage
    mail: Mail
    links: list[SignedLink]


def deliver_due_messages(at: datetime) -> int:
    """
    Send what is due, over one connection; returns how many left.

    A message that fails does not hold up the others. When the mail server fails, the run ends: the message in hand (the
    first, when the server was not reached at all) is put off and says why, the others are as due as they were.
    """
    due = list(OutboxMessage.objects.due(at).values_list("pk", flat=True)[:BATCH])
    if not due:
        return 0
    started = time.monotonic()

    def now() -> datetime:
        """The moment of the run and what has passed since: the hundredth message needs a lease as long as the first."""
        return at + timedelta(seconds=time.monotonic() - started)

    connection = get_connection()
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the messages are kept and tried again
        log.warning("The mail server was not reached: %s", type(error).__name__)
        with transaction.atomic():
            first = _lease(due[0], at, held_until=now() + LEASE)
            if first:
                _put_off(first, error, now())
        return 0
    sent = 0
    try:
        for pk in due:
            sent += _deliver(pk, connection, at, now)
    except ConnectionLost:
        pass
    finally:
        with suppress(OSError):  # a server that does not even take leave; what left is written down already
            connection.close()
    return sent


def _deliver(pk: int, connection: BaseEmailBackend, at: datetime, now: Callable[[], datetime]) -> bool:
    """Raises `ConnectionLost`, and then the message was put off."""
    worded = _take(pk, at, held_until=now() + LEASE)
    if worded is None:
        return False
    try:
        _send(worded, connection)
    except Exception as error:
        log.warning("Message %s (%s) did not leave: %s", pk, worded.message.kind, type(error).__name__)
        may_have_left = _may_have_left(error)
        with transaction.atomic():
            if not may_have_left:
                unmake_links(worded.links)
            _put_off(worded.message, error, now())
        if may_have_left or _closes_the_connection(error):
            raise ConnectionLost from error
        return False
    _record(worded.message, sent_at=now(), given_up_at=None, last_error="")
    return True


@transaction.atomic
def _take(pk: int, at: datetime, *, held_until: datetime) -> Worded | None:
    """Lease a message and word it; None when there is nothing to send: it is taken, not wanted or cannot be worded."""
    message = _lease(pk, at, held_until=held_until)
    if message is None:
        return None
    try:
        with transaction.atomic(), links_made() as links:
            if message_kinds()[message.kind].still_wanted(message):
                return Worded(message, word_message(message, at=at), links)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the message is kept and tried again
        log.warning("Message %s (%s) was not worded: %s", pk, message.kind, type(error).__name__)
        _put_off(message, error, at)
    else:
        _record(message, given_up_at=at, last_error="No longer wanted")
    return None


def _lease(pk: int, at: datetime, *, held_until: datetime) -> OutboxMessage | None:
    """None when another runner has the message or it left meanwhile."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    taken = OutboxMessage.objects.filter(free, pk=pk, sent_at=None, given_up_at=None).update(leased_until=held_until)
    return OutboxMessage.objects.get(pk=pk) if taken else None


def _send(worded: Worded, connection: BaseEmailBackend) -> None:
    EmailMessage(
        worded.mail.subject,
        worded.mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [worded.message.recipient_email],
        connection=connection,
        headers={"Message-ID": message_id(worded.message), "Auto-Submitted": "auto-generated"},
        attachments=[(one.name, one.content, one.content_type) for one in worded.mail.attachments],
    ).send()


def _may_have_left(error: Exception) -> bool:
    """Whether the server went away or hangs, and may have taken the mail before; what it refuses in so many words it has not."""
    return isinstance(error, SMTPServerDisconnected) or (isinstance(error, OSError) and not isinstance(error, SMTPException))


def _closes_the_connection(error: Exception) -> bool:
    """Whether the server said that it takes nothing more now."""
    if isinstance(error, SMTPRecipientsRefused):
        return any(code == SERVICE_CLOSES for code, _words in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code == SERVICE_CLOSES


def message_id(message: OutboxMessage) -> str:
    """The same for every try, so that a mail server can drop a repeat."""
    return f"<outbox-{message.pk}-{int(message.written_at.timestamp())}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('>')}>"


def _put_off(message: OutboxMessage, error: Exception, at: datetime) -> None:
    pause = min(FIRST_PAUSE * 2**message.attempts, LONGEST_PAUSE)
    given_up_at = at if at - message.written_at > GIVE_UP_AFTER else None
    _record(message, next_try_at=at + pause, last_error=f"{type(error).__name__}: {error}"[:300], given_up_at=given_up_at)


@transaction.atomic
def _record(message: OutboxMessage, **changes: object) -> None:
    """
    Write down how a try went, and let the message go.

    Only the holder of its lease does, but for one thing: that a message left is written down in any case. The row is read
    afresh, since somebody may have been erased from it while the mail was on its way.
    """
    kept = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    is_ours = kept.leased_until == message.leased_until and kept.given_up_at is None
    if kept.sent_at or not (is_ours or changes.get("sent_at")):
        return
    for name, value in changes.items():
        setattr(kept, name, value)
    kept.leased_until, kept.attempts = None, kept.attempts + 1
    kept.save()

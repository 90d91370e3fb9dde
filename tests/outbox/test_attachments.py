"""What goes with a mail is made when it leaves; the demo names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from outbox.delivery import deliver_due_messages
from outbox.kinds import Attachment, message_kinds
from outbox.models import DemoMail, OutboxMessage
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.website import make_home

pytestmark = pytest.mark.django_db
KIND = "request_received"


@pytest.fixture
def asked(monkeypatch) -> list[tuple[int, datetime]]:
    """Receipts carry an entry for a calendar; the list gets each time that one was made."""
    made: list[tuple[int, datetime]] = []

    def attachments(message: OutboxMessage, at: datetime) -> list[Attachment]:
        made.append((message.pk, at))
        return [Attachment("day.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; charset=utf-8")]

    monkeypatch.setitem(message_kinds(), KIND, replace(message_kinds()[KIND], attachments=attachments))
    return made


def test_attachments_are_made_at_sending_and_go_with_the_mail(asked):
    make_case()
    message = OutboxMessage.objects.get(kind=KIND)
    before = list(asked)
    later = NOON + timedelta(hours=1)

    deliver_due_messages(later)

    [sent] = mail.outbox
    [part] = [part for part in sent.message().walk() if part.get_filename()]
    assert (before, asked) == ([], [(message.pk, later)])
    assert (part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) == (
        "day.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    )  # fmt: skip


def test_a_message_whose_attachment_cannot_be_made_is_kept_and_tried_again(monkeypatch):
    def fail(message: OutboxMessage, at: datetime) -> list[Attachment]:
        raise ValueError("no such day")

    monkeypatch.setitem(message_kinds(), KIND, replace(message_kinds()[KIND], attachments=fail))
    make_case()

    assert (deliver_due_messages(NOON), mail.outbox) == (0, [])
    assert OutboxMessage.objects.get(kind=KIND).last_error == "ValueError: no such day"


def test_the_demo_shows_the_names_of_what_was_attached(asked, settings, client: Client):
    make_home()
    settings.DEMO = True
    settings.EMAIL_BACKEND = "outbox.demo_mailbox.DemoMailboxBackend"
    make_case()
    deliver_due_messages(NOON)

    page = client.get(f"/demo-mail/{DemoMail.objects.get().pk}/").content.decode()

    assert "day.ics" in page

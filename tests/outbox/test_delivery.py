"""A message leaves once, is worded when it leaves, and waits while the mail server is down."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from alliance.roles import Role
from common.actions import Actor
from common.models import SignedLink
from common.personal_data import ERASED_ADDRESS
from outbox.actions.choose_messages import choose_messages
from outbox.actions.resend_message import MessageIsWaiting, resend_message
from outbox.actions.write_message import write_message
from outbox.delivery import GIVE_UP_AFTER, LEASE, deliver_due_messages, message_id
from outbox.models import OutboxMessage
from outbox.personal_data import erase_outbox_data
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


class DownBackend:
    """A mail server that is down."""

    def __init__(self, *args, **kwargs): ...

    def open(self):
        raise ConnectionRefusedError("no mail server")

    def close(self): ...


class TroubledBackend(EmailBackend):
    """A mail server that does, when it gets a mail, what a test sets with `on_sending`; then it takes the mail."""

    on_sending: Callable[[], object]

    def send_messages(self, email_messages):
        type(self).on_sending()
        return super().send_messages(email_messages)


@pytest.fixture
def on_sending(settings, monkeypatch) -> Callable[[Callable[[], object]], None]:
    """Set what happens while a mail is being sent."""
    settings.EMAIL_BACKEND = "tests.outbox.test_delivery.TroubledBackend"
    return lambda act: monkeypatch.setattr(TroubledBackend, "on_sending", staticmethod(act), raising=False)


def fail_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


@pytest.fixture
def mail_server_down(settings):
    settings.EMAIL_BACKEND = "tests.outbox.test_delivery.DownBackend"


def receipt() -> OutboxMessage:
    return OutboxMessage.objects.get(kind="request_received")


def test_a_message_leaves_once_with_a_link_that_works():
    case = make_case()

    assert deliver_due_messages(NOON) == 1
    assert deliver_due_messages(NOON + timedelta(hours=1)) == 0

    [sent] = mail.outbox
    assert (sent.to, case.reference in sent.subject) == (["sam@example.org"], True)
    assert re.search(r"http://127.0.0.1:8000/f/[\w-]{32}/", sent.body)
    assert SignedLink.objects.filter(purpose="follow").count() == 1


def test_nothing_confidential_stands_in_a_mail():
    make_case(title="SECRET-TITLE", school_name_given="SECRET-SCHOOL")
    make_user(Role.S2S_LEAD)

    deliver_due_messages(NOON)

    assert "SECRET" not in mail.outbox[0].subject + mail.outbox[0].body


def test_while_the_mail_server_is_down_the_request_is_kept_and_the_mail_leaves_once_when_it_is_back(mail_server_down, settings):
    case = make_case()

    assert deliver_due_messages(NOON) == 0
    waiting = receipt()
    assert (waiting.sent_at, waiting.attempts, waiting.last_error) == (None, 1, "ConnectionRefusedError: no mail server")
    assert SignedLink.objects.count() == 0  # the link of the mail that did not leave is undone
    assert deliver_due_messages(NOON + timedelta(seconds=30)) == 0
    assert receipt().attempts == 1  # it pauses before the next try

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_due_messages(NOON + timedelta(minutes=2)) == 1
    assert deliver_due_messages(NOON + timedelta(minutes=9)) == 0
    assert [(message.to, case.reference in message.body) for message in mail.outbox] == [(["sam@example.org"], True)]


def test_the_pause_grows_and_the_message_is_given_up_after_days(mail_server_down):
    make_case()
    at, pauses = NOON, []
    while receipt().given_up_at is None:
        deliver_due_messages(at)
        pauses.append(receipt().next_try_at - at)
        at = receipt().next_try_at

    assert [round(pause / timedelta(minutes=1)) for pause in pauses[:4]] == [1, 2, 4, 8]
    assert round(max(pauses) / timedelta(hours=1)) == 6
    assert at - NOON > GIVE_UP_AFTER


def test_one_message_that_fails_does_not_hold_up_the_others():
    make_case()
    broken = receipt()
    broken.kind = "a_kind_of_a_plugin_that_is_gone"
    broken.save()
    make_case(contact_email="other@example.org")

    assert deliver_due_messages(NOON) == 1

    broken.refresh_from_db()
    assert (mail.outbox[0].to, broken.sent_at, broken.attempts) == (["other@example.org"], None, 1)


@pytest.mark.django_db(transaction=True)
def test_while_a_mail_is_being_sent_other_people_can_write(on_sending):
    make_case()
    case = make_case(contact_email="other@example.org")
    seen = []

    def write_elsewhere() -> None:
        try:
            case.title = "Changed meanwhile"
            case.save()
        finally:
            connection.close()

    def hang() -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(write_elsewhere).result(timeout=10)
        seen.append(connection.in_atomic_block)

    on_sending(hang)

    assert deliver_due_messages(NOON) == 2

    case.refresh_from_db()
    assert (case.title, seen) == ("Changed meanwhile", [False, False])


def test_a_message_that_is_being_sent_is_held_from_then_on_and_not_from_when_the_run_began(on_sending, monkeypatch):
    make_case()
    make_case(contact_email="other@example.org")
    passed = iter(range(0, 4000, 100))
    monkeypatch.setattr("outbox.delivery.time.monotonic", lambda: next(passed))
    held = []
    on_sending(lambda: held.append(OutboxMessage.objects.exclude(leased_until=None).get().leased_until - NOON))

    deliver_due_messages(NOON)

    assert held == [LEASE + timedelta(seconds=100), LEASE + timedelta(seconds=300)]


LOST = [TimeoutError("timed out"), SMTPServerDisconnected("closed"), ConnectionResetError("reset")]
CLOSING = [SMTPDataError(421, b"closing"), SMTPRecipientsRefused({"sam@example.org": (421, b"closing")})]
REFUSED = [SMTPDataError(554, b"no"), SMTPRecipientsRefused({"sam@example.org": (550, b"who?")}), UnicodeError("odd address")]


@pytest.mark.parametrize("error", [*LOST, *CLOSING])
def test_when_the_connection_is_lost_the_run_ends_and_the_others_are_as_due_as_before(on_sending, error):
    make_case()
    make_case(contact_email="other@example.org")
    on_sending(fail_with(error))

    assert deliver_due_messages(NOON) == 0

    tried, other = OutboxMessage.objects.filter(kind="request_received").order_by("pk")
    assert (tried.attempts, tried.leased_until, tried.next_try_at > NOON) == (1, None, True)
    assert (other.attempts, other.leased_until, other.next_try_at, other.last_error) == (0, None, NOON, "")


@pytest.mark.parametrize("error", REFUSED)
def test_a_refused_mail_leaves_no_link_and_the_others_leave(on_sending, error):
    make_case()
    make_case(contact_email="other@example.org")
    errors = iter([error])
    on_sending(lambda: next((fail_with(error)() for error in errors), None))

    assert deliver_due_messages(NOON) == 1

    assert [message.to for message in mail.outbox] == [["other@example.org"]]
    assert SignedLink.objects.filter(purpose="follow").count() == 1


@pytest.mark.parametrize("error", CLOSING)
def test_a_server_that_says_it_closes_has_not_taken_the_mail_so_its_link_goes(on_sending, error):
    make_case()
    on_sending(fail_with(error))

    deliver_due_messages(NOON)

    assert SignedLink.objects.count() == 0


@pytest.mark.parametrize("error", LOST)
def test_a_mail_that_may_have_left_keeps_its_link_and_is_sent_again_under_the_same_id(on_sending, settings, error):
    make_case()
    on_sending(fail_with(error))
    deliver_due_messages(NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert deliver_due_messages(NOON + timedelta(minutes=2)) == 1

    assert SignedLink.objects.count() == 2
    assert mail.outbox[0].extra_headers["Message-ID"] == message_id(receipt())


def test_a_message_that_cannot_be_worded_leaves_no_link(monkeypatch):
    make_case()
    monkeypatch.setattr("outbox.kinds.render_to_string", lambda *args: fail_with(ValueError("a broken template"))())

    assert deliver_due_messages(NOON) == 0

    assert (SignedLink.objects.count(), receipt().attempts, receipt().last_error) == (0, 1, "ValueError: a broken template")


def test_a_person_erased_while_a_mail_to_them_is_on_its_way_stays_erased(on_sending):
    make_case()
    person = make_user(email="sam@example.org")
    on_sending(lambda: erase_outbox_data(person, NOON))

    assert deliver_due_messages(NOON) == 1

    assert (receipt().recipient_email, receipt().sent_at is None, receipt().given_up_at) == (ERASED_ADDRESS, False, None)


def test_a_runner_whose_lease_another_took_over_writes_down_only_that_the_mail_left(on_sending):
    make_case()
    theirs = timezone.now() + LEASE

    def hang_for_long() -> None:
        OutboxMessage.objects.filter(kind="request_received").update(leased_until=theirs)
        raise SMTPDataError(554, b"no")

    on_sending(hang_for_long)

    deliver_due_messages(NOON)

    assert (receipt().attempts, receipt().leased_until) == (0, theirs)


def test_a_message_held_by_another_runner_is_left_alone():
    make_case()
    held = receipt()
    held.leased_until = NOON + timedelta(minutes=5)
    held.save()

    assert deliver_due_messages(NOON) == 0
    assert deliver_due_messages(NOON + timedelta(minutes=6)) == 1


def test_user_text_does_not_reach_the_headers():
    make_case(contact_name="Eve\nBcc: all@example.org")

    deliver_due_messages(NOON)

    assert mail.outbox[0].recipients() == ["sam@example.org"]
    assert "\n" not in mail.outbox[0].subject


def test_a_person_does_not_get_kinds_they_muted_but_those_that_cannot_be():
    lead = make_user(Role.S2S_LEAD)
    choose_messages(user=lead, wanted=[], by=lead, at=NOON)
    case = make_case()

    assert write_message(kind="case_assigned", about=case, at=NOON, to=lead) is None
    assert OutboxMessage.objects.filter(kind="case_arrived", recipient=lead).count() == 1


def test_nobody_writes_to_a_deactivated_person():
    lead = make_user(Role.S2S_LEAD, is_active=False)

    assert write_message(kind="case_arrived", about=make_case(), at=NOON, to=lead) is None


def test_a_message_is_written_in_the_language_of_its_reader():
    make_case(contact_language="cy")

    assert receipt().language == "cy"


def test_resend_message_writes_a_new_one_and_refuses_while_the_first_waits():
    make_case()
    with pytest.raises(MessageIsWaiting):
        resend_message(message=receipt(), by=Actor("lead"), at=NOON)
    deliver_due_messages(NOON)
    first = receipt()

    again = resend_message(message=first, by=Actor("lead"), at=NOON + timedelta(days=1))
    deliver_due_messages(NOON + timedelta(days=1))

    assert again.pk != first.pk
    tokens = [re.search(r"/f/([\w-]+)/", message.body).group(1) for message in mail.outbox]
    assert len(set(tokens)) == 2

"""A request that is started, saved or sent too often is refused with words, a time and a telephone number; nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from s2s_forms.models import RequestDraft
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school
from tests.factories.request_forms import send
from tests.factories.website import make_contact
from tests.s2s_forms.test_request_journey import BASE, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(name="Otterbeck Primary School")


@pytest.fixture(autouse=True)
def request_page(school):
    make_contact(key="s2s-lead", telephone="01632 960 055")
    return make_request_page(make_process_page(make_home()))


@pytest.fixture
def limits(settings):
    settings.RATE_LIMITS = {"start_request": "2/h/ip", "save_request": "9/h/ip,1/h/key", "send_request": "9/h/ip,1/h/key"}


def waiting() -> list[str]:
    return [message.recipient_email for message in OutboxMessage.objects.filter(kind="draft_saved", sent_at=None, given_up_at=None)]


def assert_told(response, *kept: str) -> None:
    page = response.content.decode()
    assert (response.status_code, 0 < int(response["Retry-After"]) <= 3600) == (429, True)
    assert [text for text in ("Try again after ", "01632 960 055", "Error:", *kept) if text not in page] == []


def test_a_request_sent_too_often_for_one_address_is_kept_and_can_be_sent_later(client, school, settings, limits):
    fill(client, school)
    send(client)
    again = Client()
    fill(again, school)

    assert_told(send(again), "Check your answers", "Reading in Year 3", "Send the request")

    assert (Case.objects.count(), RequestDraft.objects.filter(case=None).count()) == (1, 1)
    settings.RATE_LIMITS = {}
    assert send(again)["Location"] == f"{BASE}sent/"


def test_a_request_that_was_sent_is_shown_again_however_often(client, school, limits):
    fill(client, school)

    assert {send(client)["Location"] for _time in range(4)} == {f"{BASE}sent/"}


def test_saving_too_often_for_one_address_keeps_the_address_in_the_form(client, limits):
    client.post(BASE)
    other = Client()
    other.post(BASE)
    client.post(f"{BASE}save/", {"email": "sam@example.org"})

    assert_told(other.post(f"{BASE}save/", {"email": "SAM@example.org"}), 'value="SAM@example.org"')

    assert waiting() == ["sam@example.org"]


def test_starting_too_often_makes_no_more_drafts(client, limits):
    for _time in range(2):
        client.post(BASE, {"again": "1"})

    assert_told(client.post(BASE, {"again": "1"}), "Start afresh")

    assert RequestDraft.objects.count() == 2
    assert client.post(BASE).status_code == 302  # going on with what was started is no start


def test_a_school_behind_one_address_can_send_many_requests(school):
    for number in range(12):
        sender = Client()
        fill(sender, school, contact={"contact_email": f"teacher{number}@example.org"})
        assert send(sender).status_code == 302

    assert Case.objects.count() == 12


def test_saving_a_draft_again_writes_no_second_message_while_the_first_waits(client):
    client.post(BASE)
    for email in ("sam@example.org", "Sam@example.org"):
        assert client.post(f"{BASE}save/", {"email": email}).status_code == 200

    assert waiting() == ["sam@example.org"]


def test_saving_a_draft_for_another_address_replaces_the_message_that_waits(client):
    client.post(BASE)
    for email in ("mistyped@example.org", "sam@example.org"):
        client.post(f"{BASE}save/", {"email": email})

    assert waiting() == ["sam@example.org"]
    assert OutboxMessage.objects.get(recipient_email="mistyped@example.org").last_error == "Taken back"


def test_saving_a_draft_again_after_the_message_left_writes_another(client):
    client.post(BASE)
    client.post(f"{BASE}save/", {"email": "sam@example.org"})
    deliver_due_messages(timezone.now() + timedelta(seconds=1))
    client.post(f"{BASE}save/", {"email": "sam@example.org"})

    assert waiting() == ["sam@example.org"]

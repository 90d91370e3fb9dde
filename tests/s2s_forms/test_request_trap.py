"""Machines send no requests; a person taken for one is told so plainly, keeps every answer, and may send again or ring."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cases.models import Case
from common.spam_trap import opened_at
from outbox.kinds import word_message
from outbox.models import OutboxMessage
from s2s_forms.models import RequestDraft
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school
from tests.factories.request_forms import send
from tests.factories.website import make_contact
from tests.s2s_forms.test_request_journey import BASE, fill

pytestmark = pytest.mark.django_db
REQUEST_SOONEST_SECONDS = 8


@pytest.fixture(autouse=True)
def a_clock_that_stands_still():
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def school(settings):
    settings.REQUEST_SOONEST_SECONDS = REQUEST_SOONEST_SECONDS
    make_contact(key="s2s-lead", telephone="01632 960 055")
    make_request_page(make_process_page(make_home()))
    return make_school()


def stamp_in(page: str) -> str:
    found = re.search(r'name="opened_at" value="([^"]+)"', page)
    assert found, page
    return found[1]


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def assert_told(response, words: str) -> None:
    page = response.content.decode()
    assert (response.status_code, Case.objects.count(), OutboxMessage.objects.count()) == (200, 0, 0)
    assert [text for text in (words, "Error:", "01632 960 055", "Reading in Year 3", "Send the request") if text not in page] == []


def test_a_request_sent_with_the_field_that_people_do_not_see_is_not_taken_and_logged_without_a_word_of_it(client, school, caplog):
    caplog.set_level(logging.INFO, "s2s.spam")
    fill(client, school)

    with later(60):
        assert_told(send(client, subject_line="cheap watches", opened_at=stamp_in(client.get(f"{BASE}check/").content.decode())), "machine")

    assert [record.getMessage() for record in caplog.records if record.name == "s2s.spam"] == ["SendForm was not taken: filled"]


@pytest.mark.parametrize("stamp", ["", "forged", "x" * 300])
def test_a_request_sent_past_the_page_with_the_answers_is_not_taken(client, school, stamp):
    fill(client, school)

    with later(60):
        assert_told(send(client, opened_at=stamp), "send it once more")


def test_a_request_made_quicker_than_anybody_reads_is_taken_a_little_later(client, school):
    fill(client, school)
    refused = send(client, opened_at=stamp_in(client.get(f"{BASE}check/").content.decode()))

    assert_told(refused, "too quick")
    with later(REQUEST_SOONEST_SECONDS + 1):
        assert send(client, opened_at=stamp_in(refused.content.decode()))["Location"] == f"{BASE}sent/"
    assert Case.objects.count() == 1


def test_whoever_comes_back_to_a_saved_request_weeks_later_sends_it_at_once(client, school):
    fill(client, school)
    client.post(f"{BASE}save/", {"email": "sam@example.org"})
    started_at = timezone.now() - timedelta(days=27)
    RequestDraft.objects.update(started_at=started_at)
    mail = word_message(OutboxMessage.objects.get(), at=timezone.now())
    other = Client()
    other.post(re.search(r"http://127.0.0.1:8000(\S+)", mail.body)[1])

    stamp = stamp_in(other.get(f"{BASE}check/").content.decode())
    assert send(other, opened_at=stamp)["Location"] == f"{BASE}sent/"
    assert stamp.partition(":")[0] == opened_at(started_at).partition(":")[0]


def test_the_trap_speaks_welsh():
    from django.utils import translation
    from django.utils.translation import gettext

    with translation.override("cy"):
        words = "That was too quick for us. What you wrote is still here: send it once more."
        assert gettext(words) != words

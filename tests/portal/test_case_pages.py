"""The case page: its one address, who reads what of it, and forms that come back with what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from alliance.models import User
from alliance.roles import Role
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.release_case import release_case
from cases.enums import PublicStatus
from cases.events import record_event
from cases.models import Case, Turn
from cases.queries import follow_page_of
from common.actions import Actor
from common.form_keys import new_form_key
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db

SAM = Actor("Sam")


@pytest.fixture
def lead(client: Client) -> User:
    lead = make_user(Role.S2S_LEAD)
    client.force_login(lead)
    return lead


def page_of(client: Client, case: Case, tab: str = "") -> Any:
    return client.get(f"/portal/cases/{case.reference}/{tab and tab + '/'}")


def posted(client: Client, case: Case, view: str, **values: Any) -> Any:
    return client.post(f"/portal/cases/{case.reference}/{view}/", {"form_key": new_form_key(), **values})


# --- References as people write them --------------------------------------------------------------


@pytest.mark.parametrize("written", [str.lower, lambda r: r.replace("-", ""), lambda r: r.replace("-", " ").lower(), lambda r: f" {r}"])
def test_reference_written_any_way_leads_to_the_page(client: Client, lead: User, written: Any) -> None:
    case = make_case()
    address = f"/portal/cases/{case.reference}/"

    found = client.get(f"/portal/cases/{written(case.reference)}/")
    tab = client.get(f"/portal/cases/{written(case.reference)}/messages/")
    searched = client.get("/portal/search/", {"q": written(case.reference)})
    filtered = client.get("/portal/cases/", {"q": written(case.reference)})

    assert [response["Location"] for response in (found, tab, searched)] == [address, f"{address}messages/", address]
    assert address in filtered.content.decode()


def test_reference_written_any_way_is_hidden_from_strangers(client: Client) -> None:
    case = make_case()
    client.force_login(make_head(make_school()))

    assert client.get(f"/portal/cases/{case.reference.lower()}/").status_code == 404


@pytest.mark.parametrize("wrong", ["S2S-7K4M9Q-9", "nonsense", "S2S-"])
def test_reference_that_cannot_be_one_is_not_found(client: Client, lead: User, wrong: str) -> None:
    assert client.get(f"/portal/cases/{wrong}/").status_code == 404


# --- Governors see how far it is ------------------------------------------------------------------


def test_governor_sees_how_far_the_case_is_and_nothing_that_is_written(client: Client) -> None:
    school, lead = make_school(), make_user(Role.S2S_LEAD)
    case = make_case(school, contact_email="canary@example.org")
    upload = SimpleUploadedFile("canary.pdf", b"%PDF-1.7", content_type="application/pdf")
    question = ask_question(case=case, text="CANARY-QUESTION", files=[upload], by=lead, at=NOON)
    client.force_login(make_head(school, kind="chair-of-governors"))

    page = page_of(client, case).content.decode()

    assert ("Reading in Year 3" in page, "What is next" in page) == (True, True)
    assert [canary in page for canary in ("CANARY", "canary", "Withdraw", "messages/")] == [False] * 4
    assert [page_of(client, case, tab).status_code for tab in ("events", "messages", "request")] == [200, 404, 404]
    assert client.get(f"/files/{question.attachments.get().private_file.key}/").status_code == 404
    assert [posted(client, case, view).status_code for view in ("write", f"answer/{question.pk}", "withdraw")] == [404] * 3


def test_governor_of_another_school_sees_nothing(client: Client) -> None:
    case = make_case()
    client.force_login(make_head(make_school(), kind="chair-of-governors"))

    assert page_of(client, case).status_code == 404


def test_governor_has_no_turn_on_the_case() -> None:
    school = make_school()
    ask_question(case=make_case(school), text="How many?", by=make_user(Role.S2S_LEAD), at=NOON)

    assert list(Turn.objects.of(make_head(school, kind="chair-of-governors"), on=NOON.date())) == []


def test_withdrawing_is_no_page_for_staff(client: Client, lead: User) -> None:
    case = make_case()

    assert (page_of(client, case, "withdraw").status_code, posted(client, case, "withdraw", reason="No.").status_code) == (404, 404)


# --- What was typed stays -------------------------------------------------------------------------


def test_message_on_a_case_that_ended_meanwhile_comes_back(client: Client, lead: User) -> None:
    case = make_case()
    close_case(case=case, status=PublicStatus.DECLINED, reason="No.", by=lead, at=NOON)
    key = new_form_key()

    page = posted(client, case, "write", **{"write-form_key": key, "write-write_as": "note", "write-text": "A long note"}).content.decode()

    assert ("This case is closed, so nothing was changed." in page, "A long note</textarea>" in page) == (True, True)


def test_answer_to_a_question_answered_meanwhile_comes_back(client: Client, lead: User) -> None:
    case = make_case()
    question = ask_question(case=case, text="How many?", by=lead, at=NOON)
    answer_question(question=question, text="Three", by=SAM, at=NOON)
    sent = {f"question-{question.pk}-form_key": new_form_key(), f"question-{question.pk}-text": "It is four"}

    page = posted(client, case, f"answer/{question.pk}", **sent).content.decode()

    assert ("This question has been answered already." in page, "It is four</textarea>" in page) == (True, True)


def test_reason_for_ending_a_case_that_ended_meanwhile_comes_back(client: Client, lead: User) -> None:
    case = make_case()
    close_case(case=case, status=PublicStatus.DECLINED, reason="No.", by=lead, at=NOON)

    page = posted(client, case, "end", status="REFERRED", reason="Ask the council").content.decode()

    assert ("This case is closed, so nothing was changed." in page, "Ask the council</textarea>" in page) == (True, True)


# --- Reading an answer, owners --------------------------------------------------------------------


def test_answer_is_marked_as_read_once_and_with_its_key(client: Client, lead: User) -> None:
    case = make_case()
    answer = answer_question(question=ask_question(case=case, text="?", by=lead, at=NOON), text="Three", by=SAM, at=NOON)

    without_key = client.post(f"/portal/cases/{case.reference}/read/{answer.pk}/")
    answer.refresh_from_db()
    before = answer.settled_at
    posted(client, case, f"read/{answer.pk}")
    answer.refresh_from_db()

    assert ("Send the form once more" in without_key.content.decode(), before, answer.settled_at is not None) == (True, None, True)


def test_owner_switched_off_is_not_written_to_and_owns_no_turns() -> None:
    lead, broker = make_user(Role.S2S_LEAD), make_user(Role.BROKER)
    case = assign_owner(case=make_case(), owner=broker, by=lead, at=NOON)
    question = ask_question(case=case, text="How many?", by=lead, at=NOON)
    broker.is_active = False
    broker.save()
    OutboxMessage.objects.all().delete()

    answer_question(question=question, text="Two.", by=SAM, at=NOON)

    assert [message.recipient for message in OutboxMessage.objects.all()] == [lead]
    assert Turn.objects.of(lead, on=NOON.date()).filter(case=case).exists()


def test_requests_reach_the_administrators_while_nobody_is_s2s_lead() -> None:
    superuser = make_user(is_superuser=True)
    make_user(Role.S2S_LEAD, is_active=False)

    make_case()

    assert [message.recipient for message in OutboxMessage.objects.filter(kind="case_arrived")] == [superuser]


def test_case_given_back_is_nobodys_and_wants_somebody() -> None:
    broker = make_user(Role.BROKER)
    case = assign_owner(case=make_case(), owner=broker, by=broker, at=NOON)

    case = release_case(case=case, by=broker, at=NOON)

    assert (case.owner, "take-on" in case.turns.open().values_list("key", flat=True)) == (None, True)


def test_follow_page_tells_all_that_happened() -> None:
    case = make_case()
    for number in range(60):
        record_event(case, f"Event {number}", by=SAM, at=timezone.now() + timedelta(minutes=number), public=True)

    assert len(follow_page_of(case).events) == 61

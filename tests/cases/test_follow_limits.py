"""What comes by a private link is counted too: one too many is refused with words, and stays in its form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alliance.roles import Role
from cases.models import Case
from common.form_keys import new_form_key
from common.links import make_link
from tests.factories.cases import make_case, make_question
from tests.factories.people import make_user
from tests.factories.website import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    make_contact(telephone="01632 960 055")
    return make_case()


@pytest.fixture
def page(case) -> str:
    return f"/f/{follow_token(case)}/"


def follow_token(case: Case) -> str:
    return make_link(purpose="follow", subject=case, at=timezone.now() - timedelta(days=1))


def message(text: str) -> dict[str, str]:
    return {"message-form_key": new_form_key(), "message-text": text}


def assert_told(response, *kept: str) -> None:
    text = response.content.decode()
    assert (response.status_code, 0 < int(response["Retry-After"]) <= 3600) == (429, True)
    assert [words for words in ("Try again after ", "01632 960 055", "<title>Error:", *kept) if words not in text] == []


def test_messages_by_one_link_have_a_limit_and_the_last_stays_in_its_form(client, case, page, settings):
    settings.RATE_LIMITS = {"follow": "9/h/ip,2/h/key"}
    for number in range(2):
        assert client.post(f"{page}message/", message(f"Message {number}")).status_code == 302

    assert_told(client.post(f"{page}message/", message("One too many")), "One too many</textarea>")

    assert [written.text for written in case.messages.order_by("pk")] == ["Message 0", "Message 1"]
    assert client.post(f"/f/{follow_token(case)}/message/", message("By another link")).status_code == 302


def test_an_answer_and_a_withdrawal_count_against_the_same_limit(client, case, page, settings):
    settings.RATE_LIMITS = {"follow": "9/h/ip,1/h/key"}
    question = make_question(case, make_user(Role.S2S_LEAD))
    client.post(f"{page}message/", message("The first"))

    answer = {f"question-{question.pk}-form_key": new_form_key(), f"question-{question.pk}-text": "Two classes"}
    assert_told(client.post(f"{page}answer/{question.pk}/", answer), "Two classes</textarea>")
    assert_told(client.post(f"{page}withdraw/", {"form_key": new_form_key(), "reason": "No need"}), "No need</textarea>")

    case.refresh_from_db()
    assert (case.messages.filter(answers=question).exists(), case.is_open) == (False, True)


def test_the_page_itself_can_be_read_however_often(client, page, settings):
    settings.RATE_LIMITS = {"follow": "1/h/ip"}

    assert {client.get(page).status_code for _time in range(4)} == {200}

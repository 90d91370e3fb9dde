"""The requester keeps a copy of what they sent: on the follow page and as a PDF, never in a mail (decision 0022)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import translation

from cases.models import Case
from common.jobs import run_due_jobs
from common.links import make_link
from outbox.actions.write_message import write_message
from s2s_forms.answers_copy import copy_data
from s2s_forms.models import SupportRequest
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
WORDS = "Reading <b>fell</b> & fell.\nTwice."


@pytest.fixture
def request_of_case() -> SupportRequest:
    return SupportRequest.objects.create(
        case=make_case(),
        focus="Reading",
        desired_outcome="Better",
        timing="TERM",
        answers=[
            {"name": "focus", "step": "need", "question": "What would you like to improve?", "answer": WORDS},
            {"name": "nothing", "step": "need", "question": "What was tried?", "answer": ""},
        ],
        submitted_at=NOW,
    )


def link_to(case: Case, *, purpose: str = "follow") -> str:
    return make_link(purpose=purpose, subject=case, at=NOW)


def test_the_follow_page_shows_the_answers_as_they_were_worded(client, request_of_case):
    page = client.get(f"/f/{link_to(request_of_case.case)}/").content.decode()

    assert "What would you like to improve?" in page
    assert "Reading &lt;b&gt;fell&lt;/b&gt; &amp; fell.<br>Twice." in page


def test_the_copy_is_a_pdf_that_stays_the_same(client, request_of_case):
    address = f"/portal/requests/copy/{link_to(request_of_case.case)}/"

    response = client.get(address)

    assert (response["Content-Type"], response["Referrer-Policy"]) == ("application/pdf", "same-origin")
    assert response.content.startswith(b"%PDF-")
    assert client.get(address).content == response.content


def test_the_copy_has_each_answer_by_lines_and_the_language_of_its_reader(request_of_case):
    with translation.override("cy"):
        data = copy_data(request_of_case)

    assert (data["language"], data["title"]) == ("cy", f"Eich cais {request_of_case.case.reference}")
    assert data["answers"] == [
        {"question": "What would you like to improve?", "lines": ["Reading <b>fell</b> & fell.", "Twice."]},
        {"question": "What was tried?", "lines": ["–"]},
    ]


@pytest.mark.parametrize("purpose", ["resume", "invitation"])
def test_a_link_for_something_else_opens_no_copy(client, request_of_case, purpose):
    assert client.get(f"/portal/requests/copy/{link_to(request_of_case.case, purpose=purpose)}/").status_code == 410


def test_a_case_without_a_request_has_no_copy(client):
    case = make_case()

    assert client.get(f"/portal/requests/copy/{link_to(case)}/").status_code == 404
    assert "Your answers" not in client.get(f"/f/{link_to(case)}/").content.decode()


def test_the_acknowledgement_leads_to_the_copy_and_holds_none_of_it(request_of_case):
    write_message(kind="request_received", about=request_of_case.case, at=NOW, email="sam@example.org", name="Sam", language="en")
    run_due_jobs(at=NOW)

    body = mail.outbox[-1].body
    assert ("A copy of your answers stands there" in body, "Reading" in body) == (True, False)

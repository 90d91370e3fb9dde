"""The request, step by step, as a visitor without an account or JavaScript sends it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from outbox.models import OutboxMessage
from s2s_forms.models import RequestDraft, SupportRequest
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school
from tests.factories.request_forms import send

pytestmark = pytest.mark.django_db
BASE = "/support/request/"
PDF = b"%PDF-1.7 a small file"


@pytest.fixture
def school():
    return make_school(name="Otterbeck Primary School")


@pytest.fixture
def request_page(school):
    return make_request_page(make_process_page(make_home()))


def answers(school) -> dict[str, dict[str, object]]:
    return {
        "who": {"requester_kind": "local-authority", "organisation": "Wharfeside Council"},
        "school": {"school": school.urn, "q": "Otterbeck", "school_name": ""},
        "kind": {"support_kind": "DEPLOYMENT", "timing": "TERM"},
        "need": {"title": "Reading", "focus": "Reading in Year 3", "desired_outcome": "More children reading well"},
        "background": {"already_tried": "A new scheme"},
        "contact": {
            "contact_name": "Sam Requester",
            "contact_role": "Adviser",
            "contact_email": "sam@example.org",
            "contact_telephone": "01632 960 001",
        },
    }


def fill(client: Client, at_school, **changes: dict[str, object]) -> None:
    client.post(BASE)
    for step, values in answers(at_school).items():
        response = client.post(f"{BASE}step/{step}/", {**values, **changes.get(step, {})})
        assert response.status_code == 302, response.content.decode()


def test_the_journey_ends_with_a_reference_a_case_and_two_messages(client, request_page, school):
    fill(client, school)

    check = client.get(f"{BASE}check/").content.decode()
    sent = send(client, follow=True)

    case = Case.objects.get()
    assert "Wharfeside Council" in check and "Otterbeck Primary School" in check
    assert case.reference in sent.content.decode()
    assert (case.supported_school, case.contact_email, case.organisation_name_given) == (school, "sam@example.org", "Wharfeside Council")
    assert (case.protocol_version.protocol_key, case.protocol_version.number) == ("short", 1)
    request = SupportRequest.objects.get(case=case)
    assert (request.focus, request.timing) == ("Reading in Year 3", "TERM")
    kept = {"step": "need", "question": "What would you like to improve?", "answer": "Reading in Year 3", "name": "focus"}
    assert kept in request.answers
    assert OutboxMessage.objects.filter(kind="request_received", recipient_email="sam@example.org").count() == 1


def test_sending_twice_makes_one_case(client, request_page, school):
    fill(client, school)

    first = send(client, follow=True)
    second = send(client, follow=True)

    assert Case.objects.count() == 1
    assert [Case.objects.get().reference in page.content.decode() for page in (first, second)] == [True, True]


def test_nothing_is_sent_while_a_step_is_missing(client, request_page, school):
    client.post(BASE)

    response = send(client)

    assert (response.status_code, response["Location"]) == (302, f"{BASE}step/who/")
    assert Case.objects.count() == 0


REFUSED = [
    ("who", {"requester_kind": ""}, "id_requester_kind_0", "Choose who you are asking for"),
    ("who", {"requester_kind": "local-authority", "organisation": ""}, "id_organisation", "Give the name of your organisation"),
    ("who", {"requester_kind": "no-such-kind"}, "id_requester_kind_0", "what was sent is not on it"),
    ("school", {"school": ""}, "id_school_0", "Choose the school"),
    ("school", {"school": "999999"}, "id_school_0", "what was sent is not on it"),
    ("school", {"school": "not-listed", "school_name": ""}, "id_school_name", "Give the name of the school"),
    ("need", {"focus": ""}, "id_focus", "Tell us what you would like to improve"),
    ("need", {"focus": "x" * 5001}, "id_focus", "at most 5000 characters"),
    ("need", {"focus": "a\x00b"}, "id_focus", "holds a character that cannot be kept"),
    ("need", {"title": "x" * 121}, "id_title", "at most 120 characters"),
    ("contact", {"contact_email": "not an address"}, "id_contact_email", "Enter an e-mail address in the right form"),
    ("contact", {"contact_telephone": "drop table"}, "id_contact_telephone", "Enter a telephone number"),
]


@pytest.mark.parametrize(("step", "values", "field", "message"), REFUSED)
def test_a_refused_answer_is_told_beside_its_field_and_kept_nowhere(client, request_page, school, step, values, field, message):
    client.post(BASE)

    response = client.post(f"{BASE}step/{step}/", {**answers(school)[step], **values})

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "<title>Error:" in re.sub(r"\s+", " ", page)
    assert RequestDraft.objects.get().answers == {}


def test_hostile_text_comes_back_escaped(client, request_page, school):
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'
    fill(client, school, need={"title": hostile, "focus": hostile, "desired_outcome": hostile})

    check = client.get(f"{BASE}check/").content.decode()
    sent = send(client, follow=True).content.decode()

    assert "<script>alert" not in check + sent
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in check


def test_a_file_goes_with_the_request_and_a_false_one_is_refused(client, request_page, school):
    fill(client, school)
    false = SimpleUploadedFile("plan.pdf", b"MZ not a pdf", content_type="application/pdf")
    true = SimpleUploadedFile("plan.pdf", PDF, content_type="application/pdf")

    refused = client.post(f"{BASE}step/background/?change=1", {"already_tried": "", "uploads": [false]})
    taken = client.post(f"{BASE}step/background/?change=1", {"already_tried": "", "uploads": [true]})
    send(client)

    assert "is not what its name says" in refused.content.decode()
    assert taken["Location"] == f"{BASE}check/"
    attachment = Case.objects.get().attachments.get()
    with attachment.private_file.file.open("rb") as stored:
        assert (attachment.private_file.original_name, stored.read()) == ("plan.pdf", PDF)


def test_a_school_that_is_not_listed_is_named(client, request_page, school):
    fill(client, school, school={"school": "not-listed", "school_name": "Hidden Valley Free School"})

    send(client)

    case = Case.objects.get()
    assert (case.supported_school, case.school_name) == (None, "Hidden Valley Free School")


@pytest.mark.parametrize("query", ["otterbeck", "OTTERBECK primary", "ZZ1"])
def test_the_school_is_found_by_words_of_its_name_town_or_postcode(client, request_page, school, query):
    client.post(BASE)

    page = client.get(f"{BASE}step/school/", {"q": query}).content.decode()

    assert "Otterbeck Primary School (Otterbeck, ZZ1 1ZZ)" in page


def test_the_school_is_found_by_urn(client, request_page, school):
    client.post(BASE)

    assert "Otterbeck Primary School" in client.get(f"{BASE}step/school/", {"q": school.urn}).content.decode()


def test_a_saved_request_is_resumed_by_its_link_in_another_browser(client, request_page, school):
    from django.utils import timezone

    from outbox.kinds import word_message

    client.post(BASE)
    client.post(f"{BASE}step/who/", answers(school)["who"])
    client.post(f"{BASE}save/", {"email": "sam@example.org"})
    mail = word_message(OutboxMessage.objects.get(kind="draft_saved"), at=timezone.now())
    link = re.search(r"http://127.0.0.1:8000(\S+)", mail.body).group(1)
    other = Client()

    assert other.get(f"{BASE}step/school/").status_code == 302
    other.post(link)

    assert other.get(f"{BASE}step/school/").status_code == 200
    assert "Wharfeside Council" in other.get(f"{BASE}step/who/").content.decode()


def test_the_confirmation_is_shown_to_the_sender_alone(client, request_page, school):
    fill(client, school)
    send(client)

    assert Client().get(f"{BASE}sent/").status_code == 302


def test_erasing_a_person_takes_their_answers_about_themselves_out_of_the_request(client, request_page, school):
    from django.core import serializers
    from django.core.management import call_command

    from tests.factories.people import make_user

    make_user(email="sam@example.org", first_name="Sam", last_name="Requester")
    fill(client, school)
    send(client)

    call_command("erase_personal_data", "sam@example.org")

    kept = serializers.serialize(
        "json", [*SupportRequest.objects.all(), *SupportRequest.history.all(), *Case.objects.all(), *Case.history.all()]
    )
    assert [canary for canary in ("Sam Requester", "sam@example.org", "01632 960 001") if canary in kept] == []
    assert "Reading in Year 3" in kept


def test_a_link_to_go_on_opens_nothing_once_the_request_was_sent(client, request_page, school):
    from django.utils import timezone

    from outbox.kinds import word_message

    fill(client, school)
    client.post(f"{BASE}save/", {"email": "mistyped@example.org"})
    link = re.search(
        r"http://127.0.0.1:8000(\S+)", word_message(OutboxMessage.objects.get(kind="draft_saved"), at=timezone.now()).body
    ).group(1)
    early, late = Client(), Client()
    early.post(link)
    send(client)
    late.post(link)

    for other in (early, late):
        assert other.get(f"{BASE}check/")["Location"] == BASE
        assert send(other)["Location"] == BASE
        assert other.post(f"{BASE}sent/")["Location"] == BASE


def test_a_crafted_archive_is_refused_like_any_false_file(client, request_page, school):
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "x")
    data = bytearray(buffer.getvalue())
    data[data.find(b"PK\x01\x02") + 6] = 0xFF
    client.post(BASE)

    response = client.post(f"{BASE}step/background/", {"already_tried": "", "uploads": [SimpleUploadedFile("plan.docx", bytes(data))]})

    assert "is not what its name says" in response.content.decode()


@pytest.mark.parametrize("address", ["/search/?q=%00", "/portal/search/?q=%00", "/portal/cases/%00/"])
def test_a_null_character_in_an_address_is_answered_plainly(client, request_page, address):
    assert client.get(address).status_code == 400

"""A request taken by telephone is entered by staff on one page, and acknowledged like any other (R5)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Locale

from alliance.roles import Role
from cases.models import Case, CaseEvent
from outbox.models import OutboxMessage
from s2s_forms.models import RequestPage, SupportRequest
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_head, make_school, make_user
from tests.factories.request_forms import composed_form
from tests.s2s_forms.test_composed_form import MORE
from tests.s2s_forms.test_request_journey import answers
from website.demo.translation import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school(name="Otterbeck Primary School")


@pytest.fixture
def address(school):
    page = make_request_page(make_process_page(make_home()), form=composed_form())
    return f"/portal/requests/telephone/{page.pk}/"


@pytest.fixture
def lead(client):
    lead = make_user(Role.S2S_LEAD, first_name="Halima", last_name="Okafor")
    client.force_login(lead)
    return lead


def typed(client: Client, address: str, at_school, **changes) -> dict[str, object]:
    """What is in the form once it is filled, with the key of this very form."""
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode()).group(1)
    given = {name: value for step in answers(at_school).values() for name, value in step.items()}
    return {**given, **MORE, "requester_kind": "school", "organisation": "", "key": key, **changes}


def test_the_caller_gets_the_reference_and_the_case_says_who_took_it(client, address, school, lead):
    response = client.post(address, typed(client, address, school), follow=True)

    case = Case.objects.get()
    assert response.redirect_chain[-1][0] == f"/portal/cases/{case.reference}/"
    assert SupportRequest.objects.get().taken_by == lead
    assert OutboxMessage.objects.filter(kind="request_received", recipient_email="sam@example.org").count() == 1
    assert [event.history_actor for event in case.history.all()][-1] == "Halima Okafor"
    assert CaseEvent.objects.filter(case=case, sentence="The request was taken by telephone.").exists()
    assert "Taken by telephone by Halima Okafor." in client.get(f"/portal/cases/{case.reference}/request/").content.decode()


def test_sending_twice_makes_one_request(client, address, school, lead):
    form = typed(client, address, school)

    first, second = client.post(address, form), client.post(address, form)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_the_school_is_found_without_sending_and_nothing_typed_is_lost(client, address, school, lead):
    form = typed(client, address, school, q="otterbeck", school="", title="Reading in Year 3", find="1")

    page = client.post(address, form).content.decode()

    assert "Otterbeck Primary School" in page
    assert 'value="Reading in Year 3"' in page
    assert 'value="2025"' in page
    assert 'id="id_extra-phases_0" checked' in " ".join(page.split())
    assert 'class="error-summary' not in page
    assert Case.objects.count() == 0


def test_what_is_missing_is_told_and_nothing_is_half_saved(client, address, school, lead):
    page = client.post(address, typed(client, address, school, contact_email="", requester_kind="local-authority")).content.decode()

    assert "Enter your e-mail address" in page
    assert "Answer: Who leads on school improvement?" in page  # asked of local authorities
    assert "Give the name of your organisation" in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("who", ["head", "finance", "nobody"])
def test_only_staff_of_the_alliance_take_requests(client, address, school, who):
    if who != "nobody":
        client.force_login(make_head(school) if who == "head" else make_user(Role.FINANCE))

    response = client.get(address)

    assert response.status_code == (302 if who == "nobody" else 403)
    assert "/telephone/" not in client.get("/portal/", follow=True).content.decode()


def test_staff_find_the_way_on_their_home(client, address, lead):
    assert address in client.get("/portal/").content.decode()


def test_a_caller_who_is_written_to_in_welsh_has_the_whole_request_in_welsh(client, address, school, lead):
    Locale.objects.create(language_code="cy")
    page = RequestPage.objects.get()
    for one in [*page.get_ancestors().filter(depth__gt=1).specific(), page]:
        translate(one, {"Which day suits a call?": "Pa ddiwrnod?", "Thursday": "Dydd Iau"})
    welsh = RequestPage.objects.get(locale__language_code="cy")

    found = client.post(address, typed(client, address, school, page=welsh.pk, q="otterbeck", find="1")).content.decode()
    client.post(address, typed(client, address, school, page=welsh.pk))

    request = SupportRequest.objects.get()
    answers_given = {row["question"]: row["answer"] for row in request.answers}
    assert f'value="{welsh.pk}" class="choice__input" id="id_page_1" checked' in " ".join(found.split())
    assert (request.language, answers_given["Pa ddiwrnod?"], answers_given["Pryd mae ei angen arnoch?"]) == (
        "cy",
        "Dydd Iau",
        "Y tymor hwn",
    )


def test_a_language_that_is_not_chosen_stands_in_the_summary_too(client, address, school, lead):
    Locale.objects.create(language_code="cy")
    request_page = RequestPage.objects.get()
    for one in [*request_page.get_ancestors().filter(depth__gt=1).specific(), request_page]:
        translate(one, {})

    page = client.post(address, {**typed(client, address, school), "page": ""}).content.decode()

    assert 'href="#id_page_0"' in page
    assert not Case.objects.exists()

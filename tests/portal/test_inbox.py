"""The lead's queue: requests about one school flagged, several cases given to one owner."""

from __future__ import annotations

import pytest
from django.test import Client

from alliance.roles import Role
from cases.actions.close_case import close_case
from cases.enums import PublicStatus
from cases.models import Case
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
FLAG = "Another is open"


@pytest.fixture
def lead(client: Client):
    lead = make_user(Role.S2S_LEAD)
    client.force_login(lead)
    return lead


def twins_of_all() -> dict[str, bool]:
    return {case.title: case.has_twin for case in Case.objects.with_twins()}


def close(case: Case, by) -> None:
    close_case(case=case, status=PublicStatus.COMPLETED, reason="Answered.", by=by, at=NOON)


def test_open_requests_about_one_school_are_flagged_and_lead_to_each_other(client, lead):
    school = make_school()
    first, second = make_case(school, title="Reading"), make_case(school, title="Writing")
    make_case(title="Numbers")

    assert twins_of_all() == {"Reading": True, "Writing": True, "Numbers": False}
    assert client.get("/portal/cases/").content.decode().count(FLAG) == 2
    assert f"/portal/cases/{second.reference}/" in client.get(f"/portal/cases/{first.reference}/").content.decode()


def test_a_closed_request_is_no_duplicate_and_has_none(lead):
    school = make_school()
    first = make_case(school, title="Reading")
    make_case(school, title="Writing")

    close(first, lead)

    assert twins_of_all() == {"Reading": False, "Writing": False}
    first.refresh_from_db()
    assert list(first.twins) == []


def test_a_school_that_is_not_listed_is_told_by_the_name_that_was_given(lead):
    make_case(school_name_given="Hidden Valley", title="Reading")
    make_case(school_name_given="hidden valley", title="Writing")
    make_case(school_name_given="Other Valley", title="Numbers")

    assert twins_of_all() == {"Reading": True, "Writing": True, "Numbers": False}


def test_a_school_is_not_told_of_other_requests(client):
    school = make_school()
    first = make_case(school)
    make_case(school)
    client.force_login(make_head(school))

    for address in ("/portal/cases/", f"/portal/cases/{first.reference}/"):
        page = client.get(address).content.decode()
        assert FLAG not in page
        assert "another open case" not in page


def give(client, cases, owner, **values):
    data = {"owner": getattr(owner, "pk", owner), "case": [case.reference for case in cases], **values}
    return client.post("/portal/cases/assign/", data, follow=True)


def test_several_cases_are_given_to_one_owner_and_each_is_told(client, lead, django_user_model):
    broker = make_user(Role.BROKER, first_name="Wren", last_name="Broker")
    cases = [make_case(title=f"Case {number}") for number in range(3)]

    page = give(client, cases[:2], broker, query="state=open&q=Case")

    assert [case.owner for case in Case.objects.order_by("pk")] == [broker, broker, None]
    assert page.redirect_chain[-1][0] == "/portal/cases/?state=open&q=Case"
    assert "2 cases are with Wren Broker now." in page.content.decode()


def test_one_that_cannot_be_given_is_told_and_the_others_are_given(client, lead):
    open_case, closed = make_case(), make_case()
    close(closed, lead)

    page = give(client, [open_case, closed], lead).content.decode()

    closed.refresh_from_db()
    open_case.refresh_from_db()
    assert (open_case.owner, closed.owner) == (lead, None)
    assert closed.reference in page
    assert "1 case is with" in page


@pytest.mark.parametrize(
    ("chosen", "owner", "told"),
    [(0, "lead", "Tick the cases first."), (1, "", "Choose who gets the cases."), (1, "head", "Choose who gets the cases.")],
)
def test_what_is_missing_is_told(client, lead, chosen, owner, told):
    case = make_case()
    person = {"lead": lead, "head": make_head(make_school()), "": ""}[owner]

    page = give(client, [case][:chosen], person).content.decode()

    case.refresh_from_db()
    assert told in page
    assert case.owner is None


def test_only_staff_give_cases(client):
    school = make_school()
    case = make_case(school)
    client.force_login(make_head(school))

    response = client.post("/portal/cases/assign/", {"owner": make_user(Role.BROKER).pk, "case": [case.reference]})

    case.refresh_from_db()
    assert (response.status_code, case.owner) == (403, None)
    assert "/portal/cases/assign/" not in client.get("/portal/cases/").content.decode()

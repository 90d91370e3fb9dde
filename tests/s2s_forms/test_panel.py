"""The way to the request on the signed-in home."""

from __future__ import annotations

import pytest
from django.test import Client

from alliance.roles import Role
from s2s_forms.models import RequestPage
from tests.factories.pages import make_home, make_request_page
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db

WAY = '<a class="button" href="/request/">Request support</a>'


@pytest.fixture
def request_page() -> RequestPage:
    return make_request_page(make_home())


def offered(client: Client, user: object) -> bool:
    client.force_login(user)  # type: ignore[arg-type]  # a person
    return WAY in client.get("/portal/").content.decode()


@pytest.mark.parametrize(("kind", "is_offered"), [("head", True), ("nominated-lead", True), ("chair-of-governors", False)])
def test_request_is_offered_to_whoever_may_ask_for_the_school(
    client: Client, request_page: RequestPage, kind: str, is_offered: bool
) -> None:
    assert offered(client, make_head(make_school(), kind=kind)) == is_offered


@pytest.mark.parametrize("role", Role)
def test_request_is_not_offered_to_the_alliances_own_people(client: Client, request_page: RequestPage, role: Role) -> None:
    assert not offered(client, make_user(role))


def test_request_is_not_offered_while_no_request_page_is_live(client: Client) -> None:
    make_home()

    assert not offered(client, make_head(make_school()))

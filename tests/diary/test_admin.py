"""The diary in the Wagtail admin: looked at, exported, and a year's allowance changed by its button."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.roles import Role
from common.actions import Actor
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import Closure, HalfDay, LeaderYear, TermDate
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.diary import make_closure, make_term
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def take(number: int = 0) -> HalfDay:
    halves, leader = [(DAY + timedelta(days=number), Half.AM)], SystemLeaderFactory()
    return take_halves(leader=leader, halves=halves, kind=SourceKind.VISIT, reference="VISIT-1", by=Actor("Broker"), at=NOON)[0]


MAKERS = {
    HalfDay: take,
    LeaderYear: take,
    TermDate: lambda n=0: make_term(academic_year=2026 + n),
    Closure: lambda n=0: make_closure(first_day=DAY + timedelta(days=n), last_day=DAY + timedelta(days=n)),
}
MODELS = list(MAKERS)


def address(model, page: str, *args) -> str:
    return reverse(f"{model.snippet_viewset.url_namespace}:{page}", args=args)


@pytest.fixture
def broker(client):
    user = make_user(Role.BROKER)
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", MODELS)
def test_list_costs_the_same_queries_for_one_row_and_for_many(client, broker, model):
    MAKERS[model]()
    client.get(address(model, "list"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(model, "list"))
    for number in range(1, 20):
        MAKERS[model](number)
    client.get(address(model, "list"))  # leaders are public content: what is remembered of them is read anew after a change

    with CaptureQueriesContext(connection) as many:
        response = client.get(address(model, "list"))

    assert (len(response.context["object_list"]), len(many)) == (20, len(few))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["inspect", "field_history"])
def test_pages_of_an_object_open_for_brokers(client, broker, model, page):
    MAKERS[model]()

    assert client.get(address(model, page, model.objects.get().pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_exports(client, broker, model, kind):
    MAKERS[model]()

    response = client.get(address(model, "list"), {"export": kind})

    assert (response.status_code, len(b"".join(response.streaming_content)) > 0) == (200, True)


def test_allowance_is_changed_by_its_button(client, broker):
    take()
    year = LeaderYear.objects.get()

    client.post(address(LeaderYear, "allowance", year.pk), {"allowance": "12", "reason": "Agreed with the school"})

    year.refresh_from_db()
    assert (year.allowance, year.taken, year.history.first().history_change_reason) == (12, 1, "Agreed with the school")


def test_allowance_below_what_is_taken_is_refused_in_words(client, broker):
    take()
    year = LeaderYear.objects.get()

    response = client.post(address(LeaderYear, "allowance", year.pk), {"allowance": "0", "reason": "Less"})

    assert "1 half days are taken already" in response.content.decode()
    assert LeaderYear.objects.get().allowance == 30


def test_what_is_taken_is_not_edited_by_hand(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    row = take()

    client.post(address(HalfDay, "edit", row.pk), {"half": "PM"})
    client.post(address(HalfDay, "delete", row.pk))

    assert HalfDay.objects.get().half == "AM"

"""Visits that are planned and costs that are put to the school in the portal (W4, D1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import HalfDay
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.enums import VisitState
from s2s_workflow.models import Visit
from s2s_workflow.money import quote_of
from tests.conftest import NOON
from tests.factories.finance import make_rate
from tests.factories.projects import VISIT_ON, Cast, with_leader_proposed
from tests.s2s_workflow.team_pages import address, day, planned, presented, released, seen, send, tab_of

pytestmark = pytest.mark.django_db


make_once = with_leader_proposed


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


# Visits


@pytest.mark.parametrize(("half", "stored", "number"), [("AM", "AM", 1), ("PM", "PM", 1), ("DAY", "", 2)])
def test_a_visit_is_planned_and_takes_its_halves(client, cast, half, stored, number):
    url = address(cast, "plan-visit", cast.deployment)

    response = send(client, cast.leader.user, url, half=half, focus="Phonics", **day("visit_date", VISIT_ON))

    assert response.status_code == 302
    assert (cast.visit.half, cast.visit.focus, HalfDay.objects.filter(leader=cast.leader).count()) == (stored, "Phonics", number)


def test_a_half_that_is_taken_is_refused_beside_the_date(client, cast):
    take_halves(leader=cast.leader, halves=[(VISIT_ON, Half.PM)], kind=SourceKind.LEAVE, reference="leave", by=cast.lead, at=NOON)
    url = address(cast, "plan-visit", cast.deployment)

    response = send(client, cast.broker, url, half="DAY", focus="Phonics", **day("visit_date", VISIT_ON))

    errors = response.context["form"].errors
    assert list(errors) == ["visit_date"]
    assert "no longer free on the afternoon of" in errors["visit_date"][0]
    assert 'value="Phonics"' in response.content.decode()
    assert (Visit.objects.count(), HalfDay.objects.count()) == (0, 1)


@pytest.mark.parametrize(("given", "said"), [
    ({"half": "DAY", **day("visit_date", VISIT_ON - timedelta(days=1))}, "Choose a day between"),
    ({"half": "DAY", **day("visit_date", VISIT_ON + timedelta(days=1))}, "gives 4 half days, and 3 are planned"),
    ({"half": "AM", "visit_date_day": "31", "visit_date_month": "2", "visit_date_year": "2027"}, "Enter a real date"),
])  # fmt: skip
def test_a_date_that_does_not_fit_is_refused_beside_it(client, cast, given, said):
    planned(cast, half="")
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=7), half="AM", by=cast.broker, at=NOON)

    response = send(client, cast.broker, address(cast, "plan-visit", cast.deployment), **given)

    assert said in response.context["form"].errors["visit_date"][0]
    assert Visit.objects.count() == 2


def test_a_visit_is_cancelled_with_a_reason_and_the_time_is_free_again(client, cast):
    visit = planned(cast)
    url = address(cast, "cancel-visit", visit)

    refused = send(client, cast.leader.user, url, reason=" ")
    still = HalfDay.objects.count()
    send(client, cast.leader.user, url, reason="Training day")

    visit.refresh_from_db()
    assert (refused.status_code, still, visit.state, HalfDay.objects.count()) == (200, 1, VisitState.CANCELLED, 0)


# Costs before the school


def test_costs_are_shown_before_they_are_presented_and_quoted_as_shown(client, cast):
    released(cast)
    planned(cast)
    make_rate(300, 150, 255, 127, designation="")
    client.force_login(cast.broker)
    page = client.get(address(cast, "present-costs")).content.decode()
    before = quote_of(cast.fresh())

    send(client, cast.broker, address(cast, "present-costs"), payer="other", payer_name="Invented Council")

    quote = quote_of(cast.fresh())
    assert ("£600.00" in page, "£510.00" in page, before) == (True, True, None)
    assert quote is not None
    assert (str(quote.total), str(quote.supporting_total), cast.fresh().payer_name) == ("600.00", "510.00", "Invented Council")


def test_costs_without_a_rate_are_refused_in_words(client, cast):
    released(cast)
    planned(cast)
    client.force_login(cast.broker)
    page = client.get(address(cast, "present-costs")).content.decode()

    posted = send(client, cast.broker, address(cast, "present-costs"), payer="school").content.decode()

    assert ["There is no approved rate" in shown for shown in (page, posted)] == [True, True]
    assert cast.fresh().costs_presented_at is None


def test_somebody_else_who_pays_is_named(client, cast):
    released(cast)
    planned(cast)
    make_rate(300, 150, 255, 127, designation="")

    response = send(client, cast.broker, address(cast, "present-costs"), payer="other")

    assert list(response.context["form"].errors) == ["payer_name"]
    assert cast.fresh().costs_presented_at is None


def test_costs_are_not_offered_while_the_team_is_not_complete(client, cast):
    tab = tab_of(client, cast.broker, cast)

    page = client.get(address(cast, "present-costs")).content.decode()

    assert ("This cannot be done as things stand" in page, "No visit is planned yet for" in tab) == (True, True)


def test_the_head_accepts_what_is_shown(client, cast):
    presented(cast)
    client.force_login(cast.head)
    page = client.get(address(cast, "accept-team")).content.decode()

    send(client, cast.head, address(cast, "accept-team"), seen=seen(client, cast))

    assert ["£600.00" in page, str(cast.leader) in page, "£510.00" in page] == [True, True, False]
    assert cast.fresh().team_accepted_by == cast.head


def test_the_head_asks_for_another_with_a_reason(client, cast):
    presented(cast)

    refused = send(client, cast.head, address(cast, "decline-team"), reason="")
    still = cast.fresh().costs_presented_at is not None
    send(client, cast.head, address(cast, "decline-team"), reason="Fewer days, please.")

    assert (refused.status_code, still, cast.fresh().costs_presented_at) == (200, True, None)

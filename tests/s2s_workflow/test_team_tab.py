"""What each side reads of a team and its costs, and which steps it is offered (W4, W5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.models import Deployment
from tests.conftest import NOON
from tests.factories.alliance import LeaderDesignationFactory, SystemLeaderFactory
from tests.factories.finance import make_rate
from tests.factories.people import make_head, make_school
from tests.factories.projects import VISIT_ON, Cast, with_leader_proposed
from tests.s2s_workflow.team_pages import planned, presented, queries, tab_of

pytestmark = pytest.mark.django_db


make_once = with_leader_proposed


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def second_leader(cast: Cast) -> Any:
    """Of another supporting school, at £400 and £300."""
    leader = SystemLeaderFactory(supporting_school=make_school(name="Second Supporting School"))
    make_rate(800, 400, 600, 300, designation="SLE")
    LeaderDesignationFactory(leader=leader, designation="SLE")
    deployment = propose_deployment(
        project=cast.fresh(), leader=leader, remit="CANARY-REMIT", half_days=1, designation="SLE", starts_on=VISIT_ON, ends_on=VISIT_ON,
        by=cast.broker, at=NOON,
    )  # fmt: skip
    plan_visit(deployment=deployment, visit_date=VISIT_ON, half="PM", by=cast.broker, at=NOON)
    return leader


@pytest.mark.parametrize("tab", ["team", "costs"])
def test_each_side_reads_its_own_money(client, cast, tab):
    other = second_leader(cast)
    presented(cast)
    other_head = make_head(other.supporting_school)
    amounts = ("£600.00", "£510.00", "£400.00", "£300.00", "£1,000.00", "£810.00")
    seen = {}
    for name, user in {"broker": cast.broker, "head": cast.head, "supporting head": cast.supporting_head, "other": other_head}.items():
        page = tab_of(client, user, cast, tab)
        seen[name] = [amount for amount in amounts if amount in page]

    assert seen == {
        "broker": list(amounts),
        "head": ["£600.00", "£400.00", "£1,000.00"],
        "supporting head": ["£510.00"],
        "other": ["£300.00"],
    }


def test_a_supporting_head_sees_the_own_leaders_alone(client, cast):
    second_leader(cast)
    presented(cast)

    pages = [tab_of(client, user, cast) for user in (cast.supporting_head, cast.broker, cast.leader.user, cast.head)]

    assert ["CANARY-REMIT" in page for page in pages] == [False, True, True, True]
    assert [str(cast.leader) in page for page in pages] == [True] * 4


def test_the_leaders_see_the_team_and_no_money(client, cast):
    presented(cast)

    page = tab_of(client, cast.leader.user, cast)

    assert ("£" in page, "Leads the team" in page) == (False, True)


def test_the_school_sees_nobody_who_was_merely_asked(client, cast):
    asked = tab_of(client, cast.head, cast)
    presented(cast)

    assert (str(cast.leader) in asked, str(cast.leader) in tab_of(client, cast.head, cast)) == (False, True)


def test_a_changed_team_shows_that_its_quote_is_old(client, cast):
    presented(cast)
    second_leader(cast)

    page = tab_of(client, cast.broker, cast)

    assert "The team or the costs changed since." in page


def test_somebody_who_left_is_shown_to_staff_alone(client, cast):
    presented(cast)
    second_leader(cast)
    gone = Deployment.objects.get(remit="CANARY-REMIT")
    end_deployment(deployment=gone, by=cast.broker, at=NOON, reason="Ill")
    presented_again = present_costs(project=cast.fresh(), by=cast.broker, at=NOON)

    pages = [tab_of(client, user, cast) for user in (cast.broker, cast.head, cast.leader.user)]

    assert presented_again.costs_presented_at is not None
    assert ["CANARY-REMIT" in page for page in pages] == [True, False, False]


def test_buttons_of_the_tab_are_those_that_the_reader_may_take(client, cast):
    planned(cast)
    buttons = ("propose-leader", "release-leader", "approve-deployment", "plan-visit", "cancel-visit", "end-deployment", "accept-team")
    found = {}
    for name, user in {
        "broker": cast.broker,
        "head": cast.head,
        "supporting head": cast.supporting_head,
        "leader": cast.leader.user,
    }.items():
        page = tab_of(client, user, cast)
        found[name] = {slug for slug in buttons if f"/do/{slug}/" in page}

    assert found == {
        "broker": {"propose-leader", "plan-visit", "cancel-visit", "end-deployment"},
        "head": set(),
        "supporting head": {"release-leader"},
        "leader": {"plan-visit", "cancel-visit"},
    }


@pytest.mark.parametrize("who", ["broker", "head", "supporting head"])
def test_the_tab_costs_the_same_for_one_leader_and_for_ten(client, cast, who):
    planned(cast)
    user = {"broker": cast.broker, "head": cast.head, "supporting head": cast.supporting_head}[who]
    url = reverse("portal:case_tab", args=[cast.project.case.reference, "team"])
    one = queries(client, user, url)
    for _number in range(9):
        deployment = propose_deployment(
            project=cast.fresh(), leader=SystemLeaderFactory(supporting_school=cast.supporting_school), remit="Coaches", half_days=2,
            starts_on=VISIT_ON, ends_on=VISIT_ON, by=cast.broker, at=NOON,
        )  # fmt: skip
        plan_visit(deployment=deployment, visit_date=VISIT_ON, half="AM", by=cast.broker, at=NOON)

    assert (queries(client, user, url), one <= 40) == (one, True), one

"""Putting a team together in the portal: each step as who may and who may not (W5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from alliance.working_days import academic_year
from diary.actions.set_allowance import set_allowance
from diary.models import HalfDay
from s2s_workflow.actions.propose_deployment import LeaderIsNotAvailable, propose_deployment
from s2s_workflow.enums import DeploymentState, Stage, VisitState
from s2s_workflow.models import Visit
from tests.conftest import NOON
from tests.factories.alliance import DeclaredInterestFactory, LeaderDesignationFactory, SystemLeaderFactory
from tests.factories.finance import make_rate
from tests.factories.people import make_school, make_user
from tests.factories.projects import VISIT_ON, Cast, reach, with_leader_proposed
from tests.s2s_workflow.team_pages import (
    address,
    day,
    everybody,
    facts,
    planned,
    proposal,
    queries,
    released,
    seen,
    send,
    tab_of,
)

pytestmark = pytest.mark.django_db


make_once = with_leader_proposed


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


STAFF = {"lead", "broker"}
OPENS: list[tuple[str, Callable[[Cast], Any], set[str]]] = [
    ("confirm-needs", lambda cast: None, STAFF),
    ("change-needs", lambda cast: None, STAFF),
    ("propose-leader", lambda cast: None, STAFF),
    ("release-leader", lambda cast: cast.deployment, {"supporting head"}),
    ("approve-deployment", lambda cast: cast.deployment, STAFF),
    ("end-deployment", lambda cast: cast.deployment, STAFF),
    ("plan-visit", lambda cast: cast.deployment, {*STAFF, "leader"}),
    ("cancel-visit", planned, {*STAFF, "leader"}),
    ("present-costs", lambda cast: None, STAFF),
    ("accept-team", lambda cast: None, {"head"}),
    ("decline-team", lambda cast: None, {"head"}),
]


@pytest.mark.parametrize(("slug", "target_of", "opens"), OPENS, ids=[slug for slug, _target, _opens in OPENS])
def test_every_step_opens_to_those_who_may_and_a_refused_post_changes_nothing(client, cast, slug, target_of, opens):
    target = target_of(cast)
    found, before = set(), facts(cast)
    for name, user in everybody(cast).items():
        client.force_login(user)
        status = client.get(address(cast, slug, target)).status_code
        if status == 200:
            found.add(name)
            continue
        posted = send(client, user, address(cast, slug, target), reason="Because", releases="yes").status_code
        hidden = name in {"head of another school", "finance", "editor"}
        assert (name, status, posted) == (name, 404 if hidden else 403, 404 if hidden else 403)

    assert found == opens
    assert facts(cast) == before


# Needs and leaders


def test_needs_are_changed_and_stand_on_the_tab(client, cast):
    response = send(client, cast.broker, address(cast, "change-needs"), needs="Reading in Years 3 and 4.")

    assert response.status_code == 302
    assert cast.fresh().needs == "Reading in Years 3 and 4."
    assert "Reading in Years 3 and 4." in tab_of(client, cast.broker, cast)


def test_leaders_are_listed_with_designation_school_and_what_is_left_of_the_year(client, cast):
    leader = LeaderDesignationFactory(
        leader=SystemLeaderFactory(supporting_school=make_school(name="Kestrel School")), designation="SLE"
    ).leader
    LeaderDesignationFactory(leader=leader, designation="NLE", starts_on=date(2020, 9, 1), ends_on=date(2021, 7, 1))
    client.force_login(cast.broker)

    page = client.get(address(cast, "propose-leader")).content.decode()

    assert f"{leader} (SLE), Kestrel School" in page
    assert "half days left this year" in page


def test_leaders_who_know_the_phase_and_have_time_come_first(client, cast):
    given = [("Alder", [], 20), ("Birch", ["PRIMARY"], 0), ("Cedar", ["PRIMARY"], 20)]
    for name, phases, allowance in given:
        leader = SystemLeaderFactory(user=make_user(last_name=name), phases=phases)
        year = academic_year(timezone.localdate())
        set_allowance(leader=leader, academic_year=year, allowance=allowance, by=cast.lead, at=NOON, reason="Agreed")
    client.force_login(cast.broker)

    page = client.get(address(cast, "propose-leader")).content.decode()

    assert sorted((name for name, _phases, _allowance in given), key=page.index) == ["Cedar", "Alder", "Birch"]
    assert page.count("Knows the phase.") == 2


def test_leaders_who_cannot_come_are_neither_listed_nor_taken(client, cast):
    tied = DeclaredInterestFactory(leader=SystemLeaderFactory(), school=cast.school).leader
    colleague = SystemLeaderFactory(supporting_school=cast.school)
    resting = SystemLeaderFactory(is_active=False)
    free = SystemLeaderFactory()
    client.force_login(cast.broker)
    page = client.get(address(cast, "propose-leader")).content.decode()
    before = facts(cast)

    listed = [f'value="{leader.pk}"' in page for leader in (tied, colleague, resting, cast.leader, free)]
    answers = [send(client, cast.broker, address(cast, "propose-leader"), **proposal(leader)) for leader in (tied, resting, cast.leader)]

    assert listed == [False, False, False, False, True]
    assert [response.status_code for response in answers] == [200, 200, 200]
    assert facts(cast) == before


def test_propose_deployment_refuses_a_leader_who_is_not_available(cast):
    with pytest.raises(LeaderIsNotAvailable):
        propose_deployment(
            project=cast.fresh(), leader=SystemLeaderFactory(is_active=False), remit="Coaches", half_days=2, starts_on=VISIT_ON,
            ends_on=VISIT_ON, by=cast.broker, at=NOON,
        )  # fmt: skip


def test_a_leader_is_proposed_and_the_lead_before_steps_back(client, cast):
    leader = SystemLeaderFactory()

    response = send(client, cast.broker, address(cast, "propose-leader"), **proposal(leader))

    team = {deployment.leader_id: (deployment.state, deployment.is_named_lead) for deployment in cast.fresh().team()}
    assert response.status_code == 302
    assert team == {leader.pk: ("PROPOSED", True), cast.leader.pk: ("PROPOSED", False)}


def test_a_wrong_proposal_comes_back_with_its_errors_and_what_was_typed(client, cast):
    wrong = proposal(SystemLeaderFactory(), half_days="many", remit="Coaches Year 3", **day("ends_on", VISIT_ON - timedelta(days=1)))

    page = send(client, cast.broker, address(cast, "propose-leader"), **wrong).content.decode()

    assert ["Coaches Year 3</textarea>" in page, "Enter a whole number" in page, "The last day cannot be before the first day" in page] == [
        True, True, True,
    ]  # fmt: skip
    assert len(cast.fresh().team()) == 1


def test_the_list_of_leaders_costs_the_same_for_few_and_for_many(client, cast):
    SystemLeaderFactory()
    few = queries(client, cast.broker, address(cast, "propose-leader"))
    for _number in range(9):
        LeaderDesignationFactory()

    assert queries(client, cast.broker, address(cast, "propose-leader")) == few


# Release and approval


def test_the_supporting_head_releases_a_leader(client, cast):
    url = address(cast, "release-leader", cast.deployment)

    send(client, cast.supporting_head, url, releases="yes")

    assert (cast.deployment.state, cast.deployment.released_by) == (DeploymentState.RELEASED, cast.supporting_head)


def test_a_no_needs_its_reason(client, cast):
    url = address(cast, "release-leader", cast.deployment)

    page = send(client, cast.supporting_head, url, releases="no").content.decode()
    kept = cast.deployment.state
    send(client, cast.supporting_head, url, releases="no", reason="We need them here.")

    assert ("Say why not" in page, kept) == (True, DeploymentState.PROPOSED)
    deployment = cast.fresh().deployments.get()
    assert (deployment.state, deployment.history.first().history_change_reason) == (DeploymentState.DECLINED, "We need them here.")


def test_a_head_releases_only_leaders_of_the_own_school(client, cast):
    other = SystemLeaderFactory(supporting_school=make_school())
    theirs = propose_deployment(
        project=cast.fresh(), leader=other, remit="Mathematics", half_days=2, starts_on=VISIT_ON, ends_on=VISIT_ON, by=cast.broker, at=NOON
    )

    response = send(client, cast.supporting_head, address(cast, "release-leader", theirs), releases="yes")

    theirs.refresh_from_db()
    assert (response.status_code, theirs.state) == (403, DeploymentState.PROPOSED)


def test_a_released_deployment_is_approved_and_one_of_another_project_is_not_found(client, cast):
    released(cast)
    other = Cast()
    other.start_brokering()

    elsewhere = send(client, cast.broker, address(other, "approve-deployment", cast.deployment)).status_code
    before = cast.deployment.state
    send(client, cast.broker, address(cast, "approve-deployment", cast.deployment))

    assert (elsewhere, before, cast.deployment.state) == (404, DeploymentState.RELEASED, DeploymentState.APPROVED)


def test_ending_a_deployment_takes_a_reason_and_gives_the_visits_back(client, cast):
    planned(cast)
    url = address(cast, "end-deployment", cast.deployment)

    refused = send(client, cast.broker, url, reason="")
    still = cast.deployment.state
    send(client, cast.broker, url, reason="Fell ill")

    assert (refused.status_code, still, cast.deployment.state) == (200, DeploymentState.PROPOSED, DeploymentState.ENDED)
    assert (Visit.objects.get().state, HalfDay.objects.count()) == (VisitState.CANCELLED, 0)


def test_the_whole_way_from_needs_to_the_agreed_team_goes_through_the_pages(client):
    cast = Cast()
    cast.start_brokering()
    make_rate(300, 150, 255, 127, designation="")

    send(client, cast.broker, address(cast, "confirm-needs"), needs="Reading")
    send(client, cast.broker, address(cast, "propose-leader"), **proposal(cast.leader))
    send(client, cast.supporting_head, address(cast, "release-leader", cast.deployment), releases="yes")
    send(client, cast.broker, address(cast, "approve-deployment", cast.deployment))
    send(client, cast.broker, address(cast, "plan-visit", cast.deployment), half="AM", **day("visit_date", VISIT_ON))
    send(client, cast.broker, address(cast, "present-costs"), payer="school")
    send(client, cast.head, address(cast, "accept-team"), seen=seen(client, cast))
    send(client, cast.broker, address(cast, "agree-team"))

    assert cast.fresh().stage == Stage.TEAM_AGREED
    assert reach(cast, Stage.INITIAL_MEETING_HELD).stage == Stage.INITIAL_MEETING_HELD

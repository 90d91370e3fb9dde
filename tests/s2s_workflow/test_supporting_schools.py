"""A deployment is of the school that released the leader: it keeps it when the leader moves school or leaves early (W5, D3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from alliance.models import School, User
from common.moderation import MayNotDecide
from finance.models import Invoice
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import DeploymentState, PartyKind, Stage, TimeState
from s2s_workflow.models import AgreementParty, Deployment, TimeSheetLine
from s2s_workflow.models.documents import check_is_not_tied
from s2s_workflow.parties import schools_in
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.finance import make_rate
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, reach, with_leader_proposed
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def move_leader(leader: Any) -> tuple[School, User]:
    """The leader works at another school from now on; that school and its head."""
    school = make_school(name="Thornfield New School")
    leader.supporting_school = school
    leader.save()
    return school, make_head(school)


def turn_of(cast: Cast, start: str) -> Any:
    return cast.project.case.turns.open().get(key__startswith=start)


# --- A leader who moves school --------------------------------------------------------------------


def test_a_deployment_keeps_the_school_that_employed_the_leader_when_proposed():
    cast = with_leader_proposed()

    move_leader(cast.leader)

    deployment = cast.deployment
    assert (deployment.supporting_school, deployment.history.first().supporting_school) == (cast.supporting_school, cast.supporting_school)
    assert schools_in(cast.fresh()) == [cast.school, cast.supporting_school]


def test_the_school_that_was_asked_releases_and_not_the_new_one():
    cast = with_leader_proposed()
    _school, new_head = move_leader(cast.leader)

    with pytest.raises(PermissionDenied):
        release_leader(deployment=cast.deployment, releases=True, by=new_head, at=NOON)
    by_url = Portal(new_head, cast.project).post("release-leader", cast.deployment, releases="yes").status_code
    before = cast.deployment.state
    Portal(cast.supporting_head, cast.project).post("release-leader", cast.deployment, releases="yes")

    assert (by_url, before, cast.deployment.state) == (404, DeploymentState.PROPOSED, DeploymentState.RELEASED)


def test_the_agreement_names_the_school_that_released_and_its_head_signs():
    cast = at_stage(Stage.AGREEMENT_DRAFTED)
    move_leader(cast.leader)

    reach(cast, Stage.AWAITING_SIGNATURE)

    party = AgreementParty.objects.get(kind=PartyKind.SUPPORTING_HEAD)
    text = party.agreement.text
    assert (party.school, f"{cast.leader} of {cast.supporting_school.name}" in text) == (cast.supporting_school, True)
    assert "Thornfield" not in text
    assert reach(cast, Stage.ACTIVE).stage == Stage.ACTIVE


def test_time_is_approved_by_the_school_that_released_which_is_paid():
    cast = at_stage(Stage.ACTIVE)
    _school, new_head = move_leader(cast.leader)
    cast.note_visit()
    line = TimeSheetLine.objects.get()

    with pytest.raises(PermissionDenied):
        decide_time(line=line, approve=True, by=new_head, at=LATER)
    asked = turn_of(cast, "time-").school
    cast.approve_time()
    cast.invoice()

    share = Invoice.objects.get(purpose="SUPPORTING_SHARE")
    assert (asked, share.issuer.school, share.issuer_name) == (cast.supporting_school, cast.supporting_school, cast.supporting_school.name)


def test_the_new_school_sees_nothing_of_it_and_the_one_that_released_all_that_it_saw():
    cast = at_stage(Stage.ACTIVE)
    cast.note_visit()
    tabs = ("team", "visits", "costs", "agreement")
    before = [Portal(cast.supporting_head, cast.project).tab(tab).status_code for tab in tabs]

    _school, new_head = move_leader(cast.leader)

    old, new = ([Portal(user, cast.project).tab(tab).status_code for tab in tabs] for user in (cast.supporting_head, new_head))
    pages = [Portal(cast.supporting_head, cast.project).words(tab) for tab in ("team", "visits", "costs")]
    assert (before, old, new) == ([200] * 4, [200] * 4, [404] * 4)
    assert [str(cast.leader) in pages[0], "Waits for the supporting head" in pages[1], "£510.00" in pages[2]] == [True] * 3
    assert not any("Thornfield" in page for page in pages)


def test_a_leader_who_moved_decides_on_no_document_of_the_project():
    cast = at_stage(Stage.ACTIVE)
    move_leader(cast.leader)

    with pytest.raises(MayNotDecide):
        check_is_not_tied(cast.fresh(), cast.leader.user)


def test_a_leader_proposed_again_after_a_move_is_of_the_new_school_from_then_on():
    cast = with_leader_proposed()
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON, half="AM", by=cast.broker, at=NOON)
    make_rate(300, 150, 255, 127, designation="")
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)
    end_deployment(deployment=cast.deployment, reason="Moves house.", by=cast.broker, at=LATER)
    school, new_head = move_leader(cast.leader)
    again = propose_deployment(
        project=cast.fresh(), leader=cast.leader, remit="Coaches.", half_days=2, starts_on=VISIT_ON, ends_on=VISIT_ON, is_named_lead=True,
        by=cast.broker, at=LATER,
    )  # fmt: skip
    plan_visit(deployment=again, visit_date=VISIT_ON, half="PM", by=cast.broker, at=LATER)
    present_costs(project=cast.fresh(), by=cast.broker, at=LATER)

    first, second = (Portal(user, cast.project).words("costs") for user in (cast.supporting_head, new_head))
    assert again.supporting_school == school
    assert [("£510.00" in page, "£255.00" in page) for page in (first, second)] == [(True, False), (False, True)]


# --- A leader who leaves early --------------------------------------------------------------------


class Leaver:
    """A second leader, of another school, who wrote a note and left while the work is under way. Their time waits."""

    def __init__(self) -> None:
        self.cast = cast = Cast()
        self.school = make_school(name="Millbeck School")
        self.head = make_head(self.school)
        self.leader = SystemLeaderFactory(user=make_user(first_name="Zoe"), supporting_school=self.school)
        cast.start_brokering()
        cast.propose_team()
        self.deployment = propose_deployment(
            project=cast.fresh(), leader=self.leader, remit="Mathematics.", half_days=2, starts_on=VISIT_ON, ends_on=VISIT_ON,
            by=cast.broker, at=NOON,
        )  # fmt: skip
        for deployment, head, half in ((cast.deployment, cast.supporting_head, "AM"), (self.deployment, self.head, "PM")):
            release_leader(deployment=deployment, releases=True, by=head, at=NOON)
            approve_deployment(deployment=deployment, by=cast.broker, at=NOON)
            plan_visit(deployment=deployment, visit_date=VISIT_ON, half=half, focus=f"Focus of {half}", by=cast.broker, at=NOON)
        make_rate(300, 150, 255, 127, designation="")
        present_costs(project=cast.fresh(), by=cast.broker, at=NOON)
        cast.accept()
        move_project(project=cast.fresh(), to=Stage.TEAM_AGREED, by=cast.broker, at=NOON)
        reach(cast, Stage.AWAITING_SIGNATURE)
        heads = {cast.school: cast.head, cast.supporting_school: cast.supporting_head, self.school: self.head, None: cast.lead}
        for party in AgreementParty.objects.select_related("agreement", "school").order_by("pk"):
            cast.sign(party, heads[party.school])
        note = {"action_taken": "CANARY-ACTION", "impact": "Calmer.", "next_steps": "Go on.", "evidence": {}}
        write_note(visit=self.deployment.visits.get(), **note, by=self.leader.user, at=LATER)
        end_deployment(deployment=Deployment.objects.get(pk=self.deployment.pk), reason="Ill.", by=cast.broker, at=LATER)

    @property
    def line(self) -> TimeSheetLine:
        return TimeSheetLine.objects.get(visit__deployment=self.deployment)

    def portal(self, user: User) -> Portal:
        return Portal(user, self.cast.project)


def test_the_school_of_a_leader_who_left_early_sees_its_own_visits_time_and_costs_alone():
    leaver = Leaver()
    head = leaver.portal(leaver.head)

    tabs = ("project", "team", "documents", "agreement", "visits", "reviews", "costs")
    opened = {tab for tab in tabs if head.tab(tab).status_code == 200}

    visits, costs = head.words("visits"), head.words("costs")
    assert opened == {"project", "visits", "costs"}
    assert [text in visits for text in ("Zoe", "Waits for the supporting head", str(leaver.cast.leader), "CANARY-ACTION")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [amount in costs for amount in ("£255.00", "£510.00", "£600.00")] == [True, False, False]


def test_that_school_decides_on_the_time_that_waits_and_does_nothing_else():
    leaver = Leaver()
    head = leaver.portal(leaver.head)
    offered = {tab: head.offers(tab) for tab in ("project", "visits", "costs")}

    head.post("approve-time", leaver.line)

    assert offered == {"project": set(), "visits": {"approve-time", "return-time"}, "costs": set()}
    assert (leaver.line.state, leaver.line.decided_by, head.offers("visits")) == (TimeState.APPROVED, leaver.head, set())


def test_a_leader_who_left_early_sees_and_corrects_their_own_time():
    leaver = Leaver()
    leaver.portal(leaver.head).post("return-time", leaver.line, reason="It was the morning.")
    mine = leaver.portal(leaver.leader.user)

    page, offered = mine.words("visits"), mine.offers("visits")
    mine.post("correct-time", leaver.line, half_days="1", reason="So it was.")

    assert ("CANARY-ACTION" in page, str(leaver.cast.leader) in page, offered) == (True, False, {"correct-time"})
    assert leaver.line.state == TimeState.SUBMITTED
    assert [mine.tab(tab).status_code for tab in ("team", "documents", "agreement", "reviews", "costs")] == [404] * 5


def test_the_school_of_a_leader_it_did_not_release_sees_how_far_the_case_is_and_no_visit():
    cast = with_leader_proposed()
    release_leader(deployment=cast.deployment, releases=False, reason="We need them.", by=cast.supporting_head, at=NOON)
    head = Portal(cast.supporting_head, cast.project)

    assert [head.tab(tab).status_code for tab in ("events", "visits", "costs", "team")] == [200, 404, 404, 404]

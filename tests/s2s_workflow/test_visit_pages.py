"""Visits in the portal: the leader's note, the school's reply, and time that the leader's own head approves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.enums import Stage, TimeState, VisitState
from s2s_workflow.models import NoteOfVisit, TimeSheetLine, Visit
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, with_leader_proposed
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
NOTE = {"action_taken": "Watched lessons.", "impact": "Calmer start.", "next_steps": "Model a lesson."}


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    return at_stage(Stage.ACTIVE)


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def portal(cast: Cast, who: str) -> Portal:
    return Portal(cast.leader.user if who == "leader" else getattr(cast, who), cast.project)


def line_of(cast: Cast) -> TimeSheetLine:
    return TimeSheetLine.objects.get(visit=cast.visit)


# --- The note


def test_leader_writes_note_evidence_and_time_on_one_page(cast):
    block = next(iter(cast.fresh().plan.objectives))
    page = portal(cast, "leader").get("write-note", cast.visit)

    response = portal(cast, "leader").post("write-note", cast.visit, **NOTE, **{f"evidence-{block.id}": "Reading ages rose."})

    note = NoteOfVisit.objects.get()
    assert b"visit 1 of 1" in page.content
    assert response.status_code == 302
    assert (note.evidence, note.visit.state, line_of(cast).state) == (
        {block.id: "Reading ages rose."}, VisitState.NOTED, TimeState.SUBMITTED
    )  # fmt: skip


def test_evidence_may_be_left_out_and_the_three_texts_not(cast):
    refused = portal(cast, "leader").post("write-note", cast.visit, action_taken="Watched lessons.")

    assert set(refused.context["form"].errors) == {"impact", "next_steps"}
    assert b"Watched lessons.</textarea>" in refused.content
    portal(cast, "leader").post("write-note", cast.visit, **NOTE)
    assert NoteOfVisit.objects.get().evidence == {}


@pytest.mark.parametrize("who", ["broker", "head", "supporting_head"])
def test_nobody_else_writes_the_note(cast, who):
    somebody = portal(cast, who)

    assert (somebody.get("write-note", cast.visit).status_code, somebody.post("write-note", cast.visit, **NOTE).status_code) == (403, 403)
    assert not NoteOfVisit.objects.exists()


def test_note_is_offered_once_the_day_has_come_and_once(cast):
    leader = portal(cast, "leader")
    with time_machine.travel(LATER - timedelta(days=5)):
        before = portal(cast, "leader").offers("visits")
    on_the_day = leader.offers("visits")
    cast.note_visit()

    assert (before, on_the_day, leader.offers("visits")) == (set(), {"write-note"}, set())
    again = leader.post("write-note", cast.visit, **NOTE)
    assert "This visit was noted or cancelled already." in again.content.decode()


def test_a_visit_of_another_project_is_not_found(cast):
    other = at_stage(Stage.ACTIVE, lead=cast.lead)

    assert portal(cast, "leader").get("write-note", other.visit).status_code == 404


# --- The reply


def test_school_replies_once(cast):
    cast.note_visit()
    note, head = NoteOfVisit.objects.get(), portal(cast, "head")
    page = head.get("reply-to-note", note)

    head.post("reply-to-note", note, text="Thank you.")
    again = head.post("reply-to-note", note, text="Once more.")

    note.refresh_from_db()
    assert b"Calmer start." in page.content
    assert (note.reply, note.replied_by, "replied to this note already" in again.content.decode()) == ("Thank you.", cast.head, True)
    assert "Thank you." in portal(cast, "leader").words("visits")


@pytest.mark.parametrize("who", ["broker", "leader", "supporting_head"])
def test_nobody_else_replies(cast, who):
    cast.note_visit()
    note = NoteOfVisit.objects.get()

    assert portal(cast, who).post("reply-to-note", note, text="Thank you.").status_code == 403
    note.refresh_from_db()
    assert note.reply == ""


# --- The time


def test_time_goes_back_with_a_reason_is_corrected_and_approved(cast):
    cast.note_visit()
    head, leader = portal(cast, "supporting_head"), portal(cast, "leader")
    offered = head.offers("visits")

    without = head.post("return-time", line_of(cast), reason="")
    head.post("return-time", line_of(cast), reason="It was shorter.")
    returned = line_of(cast).state
    too_much = leader.post("correct-time", line_of(cast), half_days="2")
    leader.post("correct-time", line_of(cast), half_days="1", reason="So it was.")
    head.post("approve-time", line_of(cast))

    assert (offered, "reason" in without.context["form"].errors, returned) == ({"approve-time", "return-time"}, True, TimeState.RETURNED)
    assert "half_days" in too_much.context["form"].errors
    assert (line_of(cast).state, line_of(cast).decided_by) == (TimeState.APPROVED, cast.supporting_head)


@pytest.mark.parametrize("slug", ["approve-time", "return-time"])
@pytest.mark.parametrize("who", ["broker", "leader", "head"])
def test_only_the_leader_s_own_head_decides_on_time(cast, who, slug):
    cast.note_visit()

    assert portal(cast, who).post(slug, line_of(cast), reason="No.").status_code == 403
    assert line_of(cast).state == TimeState.SUBMITTED


def test_only_the_leader_corrects_time(cast):
    cast.note_visit()
    portal(cast, "supporting_head").post("return-time", line_of(cast), reason="It was shorter.")

    assert portal(cast, "supporting_head").post("correct-time", line_of(cast), half_days="1").status_code == 403


# --- What each sees


def second_leader(cast: Cast) -> tuple[object, object]:
    """A leader of another school on the team, and that school's head."""
    school = make_school()
    leader = SystemLeaderFactory(user=make_user(first_name="Zoe"), supporting_school=school)
    deployment = propose_deployment(
        project=cast.fresh(), leader=leader, remit="Coaches mathematics.", half_days=4, starts_on=VISIT_ON,
        ends_on=VISIT_ON + timedelta(days=60), by=cast.broker, at=LATER,
    )  # fmt: skip
    return deployment, make_head(school)


def test_supporting_heads_see_the_days_of_their_own_leaders_and_no_note():
    cast = with_leader_proposed()
    _deployment, other_head = second_leader(cast)
    Visit.objects.create(deployment=cast.deployment, visit_date=VISIT_ON, half="AM", focus="Phonics")
    Visit.objects.create(deployment=_deployment, visit_date=VISIT_ON, half="PM", focus="Fractions")

    own, others = portal(cast, "supporting_head").words("visits"), Portal(other_head, cast.project).words("visits")

    assert [("Phonics" in page, "Fractions" in page) for page in (own, others)] == [(True, False), (False, True)]


def test_notes_are_for_staff_school_and_team(cast):
    cast.note_visit()
    pages = {who: portal(cast, who).words("visits") for who in ("broker", "head", "leader", "supporting_head")}

    assert {who: ("Calmer start." in page, "Waits for the supporting head" in page) for who, page in pages.items()} == {
        "broker": (True, True),
        "head": (True, False),
        "leader": (True, True),
        "supporting_head": (False, True),
    }


@pytest.mark.parametrize("who", ["head", "supporting_head", "leader"])
def test_the_tab_costs_the_same_for_one_visit_and_for_several(cast, who, django_assert_max_num_queries):
    cast.note_visit()
    portal(cast, who).tab("visits")  # a process remembers some of it from then on
    with django_assert_max_num_queries(40) as first:
        portal(cast, who).tab("visits")
    for number in range(1, 4):
        visit = plan_visit(
            deployment=cast.deployment, visit_date=LATER.date() + timedelta(days=number), half="AM", by=cast.broker, at=LATER
        )
        visit.state = VisitState.NOTED
        visit.save()
        NoteOfVisit.objects.create(visit=visit, **NOTE, noted_at=LATER, noted_by=cast.leader.user)
        TimeSheetLine.objects.create(visit=visit, half_days=1, charge=10, supporting_share=5, submitted_at=LATER)

    with django_assert_max_num_queries(len(first)):
        portal(cast, who).tab("visits")

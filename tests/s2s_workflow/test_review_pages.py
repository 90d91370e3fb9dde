"""Meeting, mid-term review, the end and concerns in the portal, and the last steps of the S2S lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.enums import Stage
from s2s_workflow.models import Concern, Dissemination, InitialMeeting, MidTermReview
from s2s_workflow.models.team import AGENDA
from s2s_workflow.parties import everybody_in
from tests.factories.projects import LATER, Cast, at_stage
from tests.s2s_workflow.steps import Portal, day

pytestmark = pytest.mark.django_db
TEXTS = {"is_working": "Yes.", "is_appropriate": "Yes.", "next_steps": "Go on."}
SETTLED = {key: f"{key} settled." for key in AGENDA}


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def at(stage: Stage) -> Cast:
    return at_stage(stage)


def portal(cast: Cast, who: str) -> Portal:
    return Portal(cast.leader.user if who == "leader" else getattr(cast, who), cast.project)


def refused(cast: Cast, slug: str, *people: str, target: object = None, **data: str) -> dict[str, int]:
    return {who: portal(cast, who).post(slug, target, **data).status_code for who in people}


# --- The initial meeting (W6)


def test_named_lead_records_the_meeting_point_by_point():
    cast = at(Stage.TEAM_AGREED)
    meeting = {**day(LATER.date(), "held_on"), "attendees": "Both heads", **SETTLED}
    leader = portal(cast, "leader")

    incomplete = leader.post("record-meeting", **{**meeting, "funding": ""})
    early = leader.post("record-meeting", **{**meeting, **day(LATER.date() + timedelta(days=1), "held_on")})
    others = refused(cast, "record-meeting", "broker", "head", "supporting_head", **meeting)
    leader.post("record-meeting", **meeting)

    assert (set(incomplete.context["form"].errors), set(early.context["form"].errors)) == ({"funding"}, {"held_on"})
    assert b"outcomes settled.</textarea>" in incomplete.content
    assert others == {"broker": 403, "head": 403, "supporting_head": 403}
    assert (InitialMeeting.objects.get().answers, cast.fresh().stage) == (SETTLED, Stage.INITIAL_MEETING_HELD)
    assert "funding settled." in portal(cast, "head").words("agreement")


# --- Midway: D4


def test_named_lead_writes_the_review_and_the_head_agrees():
    cast = at(Stage.ACTIVE)
    review = {**day(LATER.date(), "held_on"), **TEXTS, "decision": "CONTINUE"}
    others = refused(cast, "write-mid-term-review", "broker", "head", **review)
    incomplete = portal(cast, "leader").post("write-mid-term-review", **{**review, "decision": ""})
    portal(cast, "leader").post("write-mid-term-review", **review)
    not_the_head = refused(cast, "agree-mid-term-review", "broker", "leader", "supporting_head")
    page = portal(cast, "head").get("agree-mid-term-review")
    portal(cast, "head").post("agree-mid-term-review", seen=MidTermReview.objects.get().pk)

    assert (others, set(incomplete.context["form"].errors)) == ({"broker": 403, "head": 403}, {"decision"})
    assert not_the_head == {"broker": 403, "leader": 403, "supporting_head": 403}
    assert b"Go on." in page.content
    assert (MidTermReview.objects.get().agreed_by, cast.fresh().stage) == (cast.head, Stage.ACTIVE)


def test_a_review_that_proposes_an_end_needs_its_last_day():
    cast = at(Stage.ACTIVE)
    review = {**day(LATER.date(), "held_on"), **TEXTS, "decision": "EXIT"}
    without = portal(cast, "leader").post("write-mid-term-review", **review)
    portal(cast, "leader").post("write-mid-term-review", **review, **day(LATER.date(), "exit_on"), exit_steps="Hand over.")
    portal(cast, "head").post("agree-mid-term-review", seen=MidTermReview.objects.get().pk)

    assert set(without.context["form"].errors) == {"exit_on", "exit_steps"}
    assert cast.fresh().stage == Stage.EXITING


# --- An end that both sides agree to: D4


@pytest.mark.parametrize("who", ["head", "lead"])
def test_an_end_is_proposed_and_agreed_to_with_a_reason(who):
    cast = at(Stage.ACTIVE)
    before = portal(cast, who).offers("reviews")
    others = refused(cast, "plan-exit", "head", "supporting_head", **day(LATER.date(), "exit_on"), exit_steps="Hand over.")
    portal(cast, "leader").post("plan-exit", **day(LATER.date(), "exit_on"), exit_steps="Hand over.")
    not_them = refused(cast, "agree-exit", "leader", "supporting_head", "broker", reason="Staff changed.")
    seen = portal(cast, who).get("agree-exit").context["form"]["seen"].value()
    without = portal(cast, who).post("agree-exit", seen=seen, reason="")

    portal(cast, who).post("agree-exit", seen=seen, reason="Staff changed.")

    assert ("agree-exit" in before, others) == (False, {"head": 403, "supporting_head": 403})
    assert not_them == {"leader": 403, "supporting_head": 403, "broker": 403}
    assert set(without.context["form"].errors) == {"reason"}
    assert cast.fresh().stage == Stage.EXITING


# --- What worries: D5


def test_a_concern_is_raised_read_and_resolved():
    cast = at(Stage.ACTIVE)
    others = refused(cast, "raise-concern", "head", "supporting_head", text="No release time.")
    portal(cast, "leader").post("raise-concern", text="No release time & <b>no</b> cover.")
    concern = Concern.objects.get()
    page = portal(cast, "head").words("reviews")
    not_them = refused(cast, "resolve-concern", "head", "leader", target=concern, resolution="Cover was found.")
    empty = portal(cast, "broker").post("resolve-concern", concern, resolution=" ")
    portal(cast, "broker").post("resolve-concern", concern, resolution="Cover was found.")

    concern.refresh_from_db()
    assert others == {"head": 403, "supporting_head": 403}
    assert "No release time &amp; &lt;b&gt;no&lt;/b&gt; cover." in page
    assert (not_them, set(empty.context["form"].errors)) == ({"head": 403, "leader": 403}, {"resolution"})
    assert (concern.resolution, portal(cast, "broker").offers("reviews") & {"resolve-concern"}) == ("Cover was found.", set())


def test_the_turn_of_a_concern_leads_to_where_it_is_resolved():
    cast = at(Stage.ACTIVE)
    raise_concern(project=cast.fresh(), text="No release time.", by=cast.leader.user, at=LATER)

    assert cast.project.case.turns.open().get(key__startswith="concern-").tab == "reviews"


def test_reviews_are_not_for_supporting_heads():
    cast = at(Stage.ACTIVE)
    raise_concern(project=cast.fresh(), text="No release time.", by=cast.leader.user, at=LATER)

    assert (portal(cast, "supporting_head").tab("reviews").status_code, portal(cast, "head").tab("reviews").status_code) == (404, 200)


def test_the_tab_costs_the_same_for_one_concern_and_for_several(django_assert_max_num_queries):
    cast = at(Stage.ACTIVE)
    raise_concern(project=cast.fresh(), text="One.", by=cast.leader.user, at=LATER)
    with django_assert_max_num_queries(40) as first:
        portal(cast, "broker").tab("reviews")
    for number in range(4):
        raise_concern(project=cast.fresh(), text=f"Another {number}.", by=cast.leader.user, at=LATER)

    with django_assert_max_num_queries(len(first)):
        portal(cast, "broker").tab("reviews")


# --- The last steps (E3)


def test_lead_sees_who_gets_the_evaluation_sends_it_and_closes():
    cast = at(Stage.APPROVED)
    people = everybody_in(cast.fresh(), LATER.date())
    page = portal(cast, "lead").get("disseminate")
    others = refused(cast, "disseminate", "broker", "head", "leader")
    portal(cast, "lead").post("disseminate")
    open_yet = portal(cast, "lead").post("close-project", reason="All is done.")
    cast.approve_time()
    cast.invoice()
    cast.settle()
    not_them = refused(cast, "close-project", "broker", "head", reason="All is done.")
    without = portal(cast, "lead").post("close-project", reason="")
    portal(cast, "lead").post("close-project", reason="All is done.")

    assert page.context["recipients"] == people
    assert (others, not_them) == ({"broker": 403, "head": 403, "leader": 403}, {"broker": 403, "head": 403})
    assert {one.recipient for one in Dissemination.objects.all()} == set(people)
    assert "is not invoiced" in open_yet.content.decode()
    assert set(without.context["form"].errors) == {"reason"}
    assert cast.fresh().stage == Stage.CLOSED

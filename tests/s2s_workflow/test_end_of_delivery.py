"""Whose turn it is on the way out of the delivery, and what keeps it from ending (D4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from cases.enums import Side
from cases.models import Turn
from common.in_words import day_in_words
from diary.models import HalfDay
from s2s_workflow.actions.agree_mid_term_review import agree_mid_term_review
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.models import MidTermReview, Visit
from s2s_workflow.policies import NotReady
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, reach
from tests.s2s_workflow.steps import Portal, day

pytestmark = pytest.mark.django_db
NOTE = {"action_taken": "a", "impact": "b", "next_steps": "c", "evidence": {}}
LAST_DAY = LATER.date() + timedelta(days=10)


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    """Under way, with one visit that was held yesterday and is not noted."""
    return at_stage(Stage.ACTIVE)


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def visit_on(cast: Cast, visit_date: date, half: str = "AM") -> Visit:
    return plan_visit(deployment=cast.deployment, visit_date=visit_date, half=half, by=cast.broker, at=LATER)


def turns_of(cast: Cast, *keys: str) -> dict[str, tuple[Any, str]]:
    """Open turns of these keys: whose, and what to do."""
    found = Turn.objects.open().filter(case=cast.project.case, key__in=keys).select_related("person", "school")
    return {turn.key: (turn.person or turn.school or turn.role or turn.side, str(turn)) for turn in found}


END = ("end-delivery", "next-visit", "mid-term-review")

# --- Ending the delivery --------------------------------------------------------------------------


def test_the_named_lead_ends_the_delivery_once_every_visit_is_noted():
    cast = at_stage(Stage.ACTIVE, half_days=1)
    before = turns_of(cast, *END)
    cast.note_visit()
    asked = turns_of(cast, *END)

    Portal(cast.leader.user, cast.project).post("end-delivery")

    assert (before, asked) == ({}, {"end-delivery": (cast.leader.user, "End the delivery")})
    assert (cast.fresh().stage, turns_of(cast, *END)) == (Stage.FINAL_REVIEW_DUE, {})


def test_while_half_days_are_left_the_next_visit_is_planned_or_the_delivery_ended(cast):
    cast.note_visit()
    asked = turns_of(cast, *END)

    visit_on(cast, LATER.date() + timedelta(days=1))

    assert (asked, turns_of(cast, *END)) == ({"next-visit": (cast.leader.user, "Plan the next visit, or end the delivery")}, {})


def test_visits_that_were_all_cancelled_are_no_delivery_to_end(cast):
    cancel_visit(visit=cast.visit, reason="Ill.", by=cast.broker, at=LATER)

    assert turns_of(cast, *END) == {}


def test_a_project_of_more_than_a_term_is_ended_after_its_mid_term_review(cast):
    deployment = cast.deployment
    deployment.ends_on = deployment.starts_on + timedelta(weeks=20)
    deployment.save()
    cast.note_visit()
    asked = turns_of(cast, *END)

    cast.review_mid_term()
    cast.agree_mid_term()

    assert asked == {"mid-term-review": (cast.leader.user, "Hold the mid-term review and write it")}
    assert set(turns_of(cast, *END)) == {"next-visit"}


def test_staff_end_the_delivery_of_a_lead_whose_account_is_off(cast):
    user = cast.leader.user
    cast.note_visit()
    visit = visit_on(cast, LATER.date())
    user.is_active = False
    user.save()

    cancel_visit(visit=visit, reason="She left.", by=cast.broker, at=LATER)

    assert turns_of(cast, *END) == {"next-visit": (Side.ALLIANCE, "Plan the next visit, or end the delivery")}


def test_a_project_that_is_exiting_is_ended_by_its_last_day(cast):
    proposed(cast)
    cast.agree_exit()
    before = turns_of(cast, *END)

    cast.note_visit()

    turn = Turn.objects.open().get(case=cast.project.case, key="end-delivery")
    assert (before, turn.person, turn.due_on, str(turn)) == ({}, cast.leader.user, LAST_DAY, "End the delivery")


# --- What is late ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.FINAL_REVIEW_DUE, Stage.EVALUATION_REVIEW, Stage.APPROVED, Stage.DISSEMINATED])
def test_late_time_concerns_and_invoices_are_somebody_s_turn_until_the_project_is_closed(stage):
    cast = at_stage(Stage.FINAL_REVIEW_DUE)
    raise_concern(project=cast.fresh(), text="Late.", by=cast.leader.user, at=LATER)
    reach(cast, stage)
    line, concern = cast.visit.time, cast.fresh().concerns.get()
    waits = (f"time-{line.pk}", "invoice", f"concern-{concern.pk}")
    before = turns_of(cast, *waits)

    cast.approve_time()

    assert set(before) == {f"time-{line.pk}", f"concern-{concern.pk}"}
    assert turns_of(cast, *waits)["invoice"] == ("FINANCE", "Draft the invoices for approved time")
    assert set(turns_of(cast, *waits)) == {"invoice", f"concern-{concern.pk}"}


def test_a_refund_is_finance_s_turn_once_all_time_is_decided_on():
    cast = at_stage(Stage.FINAL_REVIEW_DUE, rules={"money_route": "IN_ADVANCE"})
    before = turns_of(cast, "refund")
    cast.approve_time()
    asked = turns_of(cast, "refund")
    offered = [("record-refund" in Portal(user, cast.project).offers("costs")) for user in (cast.finance, cast.lead, cast.broker)]

    record_refund(project=cast.fresh(), reason="By transfer.", by=cast.finance, at=LATER)

    assert (before, asked, offered) == ({}, {"refund": ("FINANCE", "Record the refund")}, [True, True, False])
    assert turns_of(cast, "refund") == {}


def test_nothing_to_refund_is_nobody_s_turn():
    cast = at_stage(Stage.FINAL_REVIEW_DUE)
    cast.approve_time()

    assert turns_of(cast, "refund") == {}


# --- The last day ---------------------------------------------------------------------------------


def proposed(cast: Cast) -> None:
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over.", by=cast.leader.user, at=LATER)


def test_a_last_day_that_nobody_agreed_to_keeps_nobody_from_planning(cast):
    proposed(cast)
    later = LAST_DAY + timedelta(days=1)

    assert visit_on(cast, later).visit_date == later


def test_no_visit_is_planned_after_a_last_day_that_was_agreed_to(cast):
    proposed(cast)
    cast.agree_exit()
    halves = HalfDay.objects.count()
    leader = Portal(cast.leader.user, cast.project)

    with pytest.raises(ValidationError) as refusal:
        visit_on(cast, LAST_DAY + timedelta(days=1))
    refused = leader.post("plan-visit", cast.deployment, half="AM", **day(LAST_DAY + timedelta(days=1), "visit_date"))

    sentence = f"The support ends on {day_in_words(LAST_DAY)}. Choose a day until then."
    assert (refusal.value.message_dict, refused.context["form"].errors["visit_date"]) == ({"visit_date": [sentence]}, [sentence])
    assert (HalfDay.objects.count(), Visit.objects.count()) == (halves, 1)
    assert visit_on(cast, LAST_DAY).visit_date == LAST_DAY


def test_visits_after_the_last_day_are_cancelled_before_the_end_is_agreed_to(cast):
    cast.note_visit()
    after = visit_on(cast, LAST_DAY + timedelta(days=1))
    proposed(cast)
    first = turns_of(cast, "visits-after-the-end", "exit")
    sentence = "1 visit is planned after the last day: it has to be cancelled first."

    with pytest.raises(NotReady, match=sentence):
        move_project(project=cast.fresh(), to=Stage.EXITING, by=cast.head, at=LATER, reason="Staff changed.")
    head = Portal(cast.head, cast.project)
    page = head.get("agree-exit")
    answer = {"seen": page.context["form"]["seen"].value(), "reason": "Staff changed."}
    pages = [page.content.decode(), head.post("agree-exit", **answer).content.decode()]
    stage = cast.fresh().stage
    cancel_visit(visit=after, reason="It ends.", by=cast.leader.user, at=LATER)
    then = turns_of(cast, "visits-after-the-end", "exit")
    head.post("agree-exit", **answer)

    asked = (cast.school, "Say whether you agree to the end of the support")
    cancels = (cast.leader.user, "Cancel the visits after the proposed last day before the end can be agreed to")
    assert first == {"visits-after-the-end": cancels, "exit": asked}
    assert ([sentence in page for page in pages], stage) == ([True, True], Stage.ACTIVE)
    assert then == {"exit": asked}
    assert cast.fresh().stage == Stage.EXITING


def test_visits_after_the_last_day_are_cancelled_before_a_mid_term_review_that_ends_it_is_agreed_to(cast):
    cast.note_visit()
    for days in (31, 32):
        visit_on(cast, LATER.date() + timedelta(days=days))
    cast.review_mid_term(MidTermDecision.EXIT)
    first = turns_of(cast, "visits-after-the-end", "mid-term")
    sentence = "2 visits are planned after the last day: they have to be cancelled first."

    with pytest.raises(NotReady, match=sentence):
        agree_mid_term_review(project=cast.fresh(), by=cast.head, at=LATER)
    page = Portal(cast.head, cast.project).get("agree-mid-term-review").content.decode()
    undecided = MidTermReview.objects.get().agreed_at
    for visit in Visit.objects.filter(visit_date__gt=LATER.date()):
        cancel_visit(visit=visit, reason="It ends.", by=cast.leader.user, at=LATER)
    then = turns_of(cast, "visits-after-the-end", "mid-term")
    cast.agree_mid_term()

    assert (set(first), sentence in page, undecided, set(then)) == ({"visits-after-the-end", "mid-term"}, True, None, {"mid-term"})
    assert cast.fresh().stage == Stage.EXITING


def test_visits_after_a_last_day_that_was_only_proposed_before_do_not_keep_the_work_from_going_on(cast):
    cast.note_visit()
    visit_on(cast, LAST_DAY + timedelta(days=1))
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over.", by=cast.leader.user, at=LATER)
    cast.review_mid_term(MidTermDecision.CONTINUE)
    asked = turns_of(cast, "visits-after-the-end", "mid-term")

    cast.agree_mid_term()

    assert (set(asked), cast.fresh().stage) == ({"mid-term"}, Stage.ACTIVE)


def test_a_note_is_still_written_while_exiting(cast):
    proposed(cast)
    cast.agree_exit()

    write_note(visit=cast.visit, **NOTE, by=cast.leader.user, at=LATER)
    move_project(project=cast.fresh(), to=Stage.FINAL_REVIEW_DUE, by=cast.leader.user, at=LATER)

    assert (cast.fresh().stage, cast.visit.visit_date) == (Stage.FINAL_REVIEW_DUE, VISIT_ON)

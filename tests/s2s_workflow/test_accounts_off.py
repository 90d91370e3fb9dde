"""An account that was switched off: what waited for it falls to staff, so that a project never waits for nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from alliance.models import User
from alliance.roles import Role
from cases.actions.assign_owner import assign_owner
from cases.models import Case, Turn
from cases.turns import keep_turns_true
from common.jobs import due_jobs
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.record_initial_meeting import record_initial_meeting
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import Stage, TimeState
from s2s_workflow.models import NoteOfVisit, TimeSheetLine
from s2s_workflow.models.team import AGENDA
from tests.conftest import NOON
from tests.factories.people import make_user
from tests.factories.projects import LATER, Cast, at_stage, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
NOTE: dict[str, Any] = {"action_taken": "Watched lessons.", "impact": "Calmer start.", "next_steps": "Model a lesson.", "evidence": {}}


def make_once() -> Cast:
    return at_stage(Stage.TEAM_AGREED)


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


@pytest.fixture
def under_way(cast: Cast) -> Cast:
    reach(cast, Stage.ACTIVE)
    return cast


def switch_off(user: User) -> None:
    user.is_active = False
    user.save()


def keys_of(cast: Cast, user: User, at: datetime = NOON) -> set[str]:
    mine = Turn.objects.of(User.objects.get(pk=user.pk), on=at.date()).filter(case=cast.project.case)
    return set(mine.values_list("key", flat=True))


def turn(cast: Cast, key: str) -> Turn:
    return Turn.objects.open().get(case=cast.project.case, key=key)


def meet(cast: Cast, by: User) -> None:
    answers = {key: f"{label}: settled." for key, label in AGENDA.items()}
    record_initial_meeting(project=cast.fresh(), held_on=NOON.date(), attendees="Both heads", answers=answers, by=by, at=NOON)


def write(cast: Cast, by: User) -> NoteOfVisit:
    return write_note(visit=cast.visit, **NOTE, by=by, at=LATER)


# --- The named lead


def test_what_waited_for_a_lead_whose_account_is_off_is_staff_s_at_once(cast):
    before = keys_of(cast, cast.broker)
    switch_off(cast.leader.user)

    at_once, whose = keys_of(cast, cast.broker), turn(cast, "meeting").whose
    keep_turns_true(NOON)

    assert ("meeting" in before, "meeting" in at_once, whose) == (False, True, "With the alliance")
    assert (turn(cast, "meeting").side, "meeting" in keys_of(cast, cast.broker)) == ("ALLIANCE", True)


def test_staff_do_in_that_lead_s_place_what_only_the_lead_does(cast):
    with pytest.raises(PermissionDenied):
        meet(cast, cast.broker)
    switch_off(cast.leader.user)

    meet(cast, cast.broker)

    assert cast.fresh().stage == Stage.INITIAL_MEETING_HELD


@pytest.mark.parametrize("who", ["head", "supporting_head", "finance"])
def test_nobody_else_stands_in_for_a_lead(cast, who):
    switch_off(cast.leader.user)

    with pytest.raises(PermissionDenied):
        meet(cast, getattr(cast, who))

    assert cast.fresh().stage == Stage.TEAM_AGREED


def test_a_turn_follows_the_named_lead(under_way):
    cast = under_way
    with time_machine.travel(LATER):
        cast.note_visit()
        before = turn(cast, "next-visit")
        lead = cast.another_lead()

    assert (before.person, turn(cast, "next-visit").person) == (cast.leader.user, lead)
    assert Turn.objects.get(pk=before.pk).done_at is not None


# --- The owner


def test_an_owner_whose_account_is_off_is_to_be_replaced(cast):
    other = make_user(Role.BROKER)
    switch_off(cast.broker)
    keep_turns_true(NOON)
    asked = keys_of(cast, other)

    assign_owner(case=cast.project.case, owner=other, by=other, at=NOON)

    assert ("hand-over" in asked, f"interests-{cast.broker.pk}" in asked, "hand-over" in keys_of(cast, other)) == (True, False, False)


def test_an_owner_who_is_staff_no_more_owns_no_turn(cast):
    other = make_user(Role.BROKER)
    case = Case.objects.get(pk=cast.project.pk)
    switch_off(cast.leader.user)
    before = keys_of(cast, other)

    cast.broker.groups.clear()

    assert (case.owner, "meeting" in before, "meeting" in keys_of(cast, other)) == (cast.broker, False, True)


# --- The note of a visit


def test_staff_write_the_note_of_a_leader_whose_account_is_off(under_way):
    cast = under_way
    switch_off(cast.leader.user)
    with time_machine.travel(LATER):
        keep_turns_true(LATER)
        asked = str(turn(cast, f"note-{cast.visit.pk}"))
        offered = Portal(cast.broker, cast.project).offers("visits")

        note = write(cast, cast.broker)
        page = Portal(cast.head, cast.project).words("visits")

    event = cast.project.case.events.get(sentence="The note of the visit of %(leader)s on %(day)s was written in their place.")
    assert asked.endswith("in their place, or cancel the visit")
    assert ("write-note" in offered, note.noted_by, event.actor, event.is_public) == (True, cast.broker, cast.broker, True)
    assert f"Written by {cast.broker} in place of {cast.leader}" in page
    assert TimeSheetLine.objects.get(visit=cast.visit).state == TimeState.SUBMITTED


def test_the_named_lead_writes_the_note_of_a_colleague_whose_account_is_off(under_way):
    cast = under_way
    with time_machine.travel(LATER):
        lead = cast.another_lead()
        with pytest.raises(PermissionDenied):
            write(cast, lead)
        switch_off(cast.leader.user)
        keep_turns_true(LATER)
        whose = turn(cast, f"note-{cast.visit.pk}").person

        note = write(cast, lead)

    assert (whose, note.noted_by) == (lead, lead)


@pytest.mark.parametrize("who", ["head", "supporting_head", "finance", "reviewer"])
def test_nobody_else_writes_it_in_their_place(under_way, who):
    cast = under_way
    switch_off(cast.leader.user)

    with time_machine.travel(LATER), pytest.raises(PermissionDenied):
        write(cast, getattr(cast, who))

    assert not NoteOfVisit.objects.exists()


def test_staff_cancel_the_visit_instead(under_way):
    cast = under_way
    switch_off(cast.leader.user)

    with time_machine.travel(LATER):
        cancel_visit(visit=cast.visit, reason="It was not held.", by=cast.broker, at=LATER)

    assert not Turn.objects.open().filter(case=cast.project.case, key=f"note-{cast.visit.pk}").exists()


def test_whoever_wrote_the_note_does_not_approve_the_time_it_made(under_way):
    """Where nobody at the leader's school may approve it, other staff do."""
    cast, other = under_way, make_user(Role.S2S_LEAD)
    switch_off(cast.leader.user)
    switch_off(cast.supporting_head)
    with time_machine.travel(LATER):
        write(cast, cast.broker)
        line = TimeSheetLine.objects.get(visit=cast.visit)

        with pytest.raises(PermissionDenied):
            decide_time(line=line, approve=True, by=cast.broker, at=LATER)
        decide_time(line=line, approve=True, by=other, at=LATER)

    assert TimeSheetLine.objects.get(pk=line.pk).decided_by == other


# --- The job


def test_the_job_keeps_turns_true_and_a_repeat_changes_nothing(cast):
    switch_off(cast.leader.user)
    keep_turns_true(NOON)
    before = list(Turn.history.values_list("history_id", flat=True))

    keep_turns_true(NOON)

    assert list(Turn.history.values_list("history_id", flat=True)) == before
    assert [job.run for job in due_jobs() if job.name == "turns"] == [keep_turns_true]

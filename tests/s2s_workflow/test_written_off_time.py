"""Time that nobody will approve or correct any more is written off, so that it does not keep a project from closing (D3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cases.models import Turn
from common.in_words import day_in_words
from finance.models import Invoice
from outbox.models import OutboxMessage
from s2s_workflow.actions.close_project import close_project
from s2s_workflow.actions.decide_time import TimeIsDecided, decide_time
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.actions.resubmit_time import resubmit_time
from s2s_workflow.actions.write_off_time import write_off_time
from s2s_workflow.enums import Stage, TimeState
from s2s_workflow.models import TimeSheetLine
from s2s_workflow.policies import NotReady
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
IN_ADVANCE = {"money_route": "IN_ADVANCE"}


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    cast = at_stage(Stage.ACTIVE)
    cast.note_visit()
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def line_of(cast: Cast) -> TimeSheetLine:
    return TimeSheetLine.objects.get(visit=cast.visit)


def send_back(cast: Cast) -> None:
    decide_time(line=line_of(cast), approve=False, reason="It was shorter.", by=cast.supporting_head, at=LATER)


def write_off(cast: Cast, **values: Any) -> TimeSheetLine:
    return write_off_time(**{"line": line_of(cast), "reason": "She left.", "by": cast.broker, "at": LATER, **values})


def facts(cast: Cast) -> tuple[Any, ...]:
    line = line_of(cast)
    return line.state, line.history.count(), cast.project.case.events.count(), OutboxMessage.objects.count()


@pytest.mark.parametrize("returned", [False, True], ids=["submitted", "returned"])
def test_staff_write_time_off_with_a_reason(cast, returned):
    if returned:
        send_back(cast)
    broker = Portal(cast.broker, cast.project)
    offered = broker.offers("visits")
    without = broker.post("write-off-time", line_of(cast), reason="")

    broker.post("write-off-time", line_of(cast), reason="She left.")

    line = line_of(cast)
    assert (offered, list(without.context["form"].errors)) == ({"write-off-time"}, ["reason"])
    assert (line.state, line.decided_by, line.history.first().history_change_reason) == (TimeState.WRITTEN_OFF, cast.broker, "She left.")
    event = cast.project.case.events.get(sentence="The time of %(leader)s on %(day)s was written off.")
    assert (event.reason, event.actor, event.is_public) == ("She left.", cast.broker, False)
    told = OutboxMessage.objects.filter(details__sentence="Time of a visit was written off.")
    assert set(told.values_list("recipient", flat=True)) == {cast.leader.user.pk, cast.supporting_head.pk}
    assert (broker.offers("visits"), "Written off" in broker.words("visits")) == (set(), True)


def test_time_that_was_written_off_has_no_turn_and_is_on_no_invoice(cast):
    write_off(cast)

    keys = list(Turn.objects.open().filter(case=cast.project.case).values_list("key", flat=True))
    assert [key for key in keys if key.startswith(("time", "invoice"))] == []
    assert "invoice-time" not in Portal(cast.finance, cast.project).offers("costs")


@pytest.mark.parametrize("who", ["finance", "head", "supporting_head", "leader"])
def test_nobody_but_staff_writes_time_off(cast, who):
    user = cast.leader.user if who == "leader" else getattr(cast, who)
    before = facts(cast)

    with pytest.raises(PermissionDenied):
        write_off(cast, by=user)
    status = Portal(user, cast.project).post("write-off-time", line_of(cast), reason="She left.").status_code

    assert (status, facts(cast)) == (404 if who == "finance" else 403, before)


def test_time_is_not_written_off_without_a_reason(cast):
    before = facts(cast)

    with pytest.raises(ValidationError):
        write_off(cast, reason=" ")

    assert facts(cast) == before


def approved(cast: Cast) -> None:
    cast.approve_time()


def invoiced(cast: Cast) -> None:
    cast.approve_time()
    cast.invoice()


def written_off(cast: Cast) -> None:
    write_off(cast)


@pytest.mark.parametrize("decide", [approved, invoiced, written_off])
def test_time_that_was_decided_on_is_not_written_off(cast, decide):
    decide(cast)
    before = facts(cast)

    with pytest.raises(TimeIsDecided):
        write_off(cast)
    page = Portal(cast.broker, cast.project).post("write-off-time", line_of(cast), reason="She left.").content.decode()

    assert ("This time was decided on already." in page, facts(cast)) == (True, before)


def test_time_that_was_written_off_is_neither_approved_nor_corrected(cast):
    send_back(cast)
    write_off(cast)

    with pytest.raises(TimeIsDecided):
        decide_time(line=line_of(cast), approve=True, by=cast.supporting_head, at=LATER)
    with pytest.raises(TimeIsDecided):
        resubmit_time(line=line_of(cast), half_days=1, by=cast.leader.user, at=LATER)

    assert line_of(cast).state == TimeState.WRITTEN_OFF


def test_the_database_wants_to_know_who_wrote_time_off(cast):
    line = line_of(cast)
    line.state = TimeState.WRITTEN_OFF

    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_time_of_a_leader_whose_account_is_off_is_the_alliance_s_turn(cast):
    send_back(cast)
    asked = cast.project.case.turns.open().get(key__startswith="time-").person
    leader = cast.leader.user
    leader.is_active = False
    leader.save()

    raise_concern(project=cast.fresh(), text="Nobody answers.", by=cast.broker, at=LATER)
    turns = {turn.key: (turn.side, str(turn)) for turn in cast.project.case.turns.open() if turn.key.startswith("time-")}

    sentence = f"Write off the time of {leader} on {day_in_words(VISIT_ON)}: nobody can correct it"
    assert (asked, turns) == (leader, {f"time-off-{line_of(cast).pk}": ("ALLIANCE", sentence)})


def test_a_project_is_closed_once_its_last_time_was_written_off(cast):
    send_back(cast)
    reach_the_end(cast)
    with pytest.raises(NotReady, match="is not invoiced"):
        close_project(project=cast.fresh(), reason="Done.", by=cast.lead, at=LATER)

    write_off(cast)
    close_project(project=cast.fresh(), reason="Done.", by=cast.lead, at=LATER)

    assert (cast.fresh().stage, Invoice.objects.count()) == (Stage.CLOSED, 0)


def reach_the_end(cast: Cast) -> None:
    move_project(project=cast.fresh(), to=Stage.FINAL_REVIEW_DUE, by=cast.leader.user, at=LATER)
    reach(cast, Stage.DISSEMINATED)


# --- What it does to the refund -------------------------------------------------------------------


def after_delivery_in_advance() -> Cast:
    """Four half days at £150 were paid for in advance, one was given and waits for approval."""
    return at_stage(Stage.FINAL_REVIEW_DUE, rules=IN_ADVANCE)


def test_a_refund_follows_what_becomes_of_the_time():
    cast = after_delivery_in_advance()
    due = [cast.fresh().refund_due]
    send_back(cast)
    due.append(cast.fresh().refund_due)
    resubmit_time(line=line_of(cast), half_days=1, by=cast.leader.user, at=LATER)
    due.append(cast.fresh().refund_due)

    write_off(cast)

    assert [*due, cast.fresh().refund_due] == [450, 600, 450, 600]


@pytest.mark.parametrize("returned", [False, True], ids=["submitted", "returned"])
def test_a_refund_is_not_recorded_while_time_waits_that_would_change_it(returned):
    cast = after_delivery_in_advance()
    if returned:
        send_back(cast)
    offered = Portal(cast.finance, cast.project).offers("costs")

    with pytest.raises(NotReady, match="not decided on yet"):
        record_refund(project=cast.fresh(), by=cast.finance, at=LATER)
    still = cast.fresh().refunded_at
    write_off(cast)
    record_refund(project=cast.fresh(), by=cast.finance, at=LATER)

    assert ("record-refund" in offered, still, cast.fresh().refund_due) == (False, None, 600)

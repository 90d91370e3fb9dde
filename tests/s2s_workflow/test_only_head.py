"""Time of a leader who is their school's only head: somebody stands in for the school, and nobody approves their own (D3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alliance.models import SchoolRole, SchoolRoleKind, User
from alliance.roles import Role
from cases.models import CaseEvent, Turn
from cases.turns import synchronise_turns
from outbox.models import OutboxMessage
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.enums import Stage, TimeState
from s2s_workflow.models import ConflictDeclaration, TimeSheetLine
from s2s_workflow.money_guards import time_is_decided
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import SINCE, make_head, make_user
from tests.factories.projects import LATER, Cast, at_stage, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
WAITS = "A time sheet waits for your approval in place of the leader’s school."


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    """The head of the supporting school is the leader who visits, and the only one there who approves time."""
    cast = Cast()
    cast.leader = SystemLeaderFactory(user=cast.supporting_head, supporting_school=cast.supporting_school)
    reach(cast, Stage.ACTIVE)
    cast.note_visit()
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def line_of(cast: Cast) -> TimeSheetLine:
    return TimeSheetLine.objects.get(visit=cast.visit)


def decide(cast: Cast, by: User, *, approve: bool = True) -> TimeSheetLine:
    return decide_time(line=line_of(cast), approve=approve, reason="" if approve else "It was shorter.", by=by, at=LATER)


def last_event(cast: Cast) -> CaseEvent:
    return CaseEvent.objects.filter(case=cast.project.case).latest("pk")


def facts(cast: Cast) -> tuple[Any, ...]:
    return line_of(cast).state, line_of(cast).history.count(), cast.project.case.events.count()


def whose_turn(cast: Cast) -> tuple[str, User | None]:
    turn = Turn.objects.open().get(case=cast.project.case, key=f"time-{line_of(cast).pk}")
    return turn.side, turn.person


def a_deputy(cast: Cast) -> User:
    return make_head(cast.supporting_school, kind="acting-head")


def test_staff_approve_it_and_the_case_says_in_whose_place(cast):
    Portal(cast.broker, cast.project).post("approve-time", line_of(cast))

    event = last_event(cast)
    assert (line_of(cast).state, line_of(cast).decided_by, time_is_decided(cast.fresh())) == (TimeState.APPROVED, cast.broker, None)
    assert event.sentence == "The time of %(leader)s was approved in place of %(school)s, where nobody else may."
    assert (event.values["school"], event.actor) == (cast.supporting_school.name, cast.broker)


def test_staff_send_it_back_with_a_reason(cast):
    decide(cast, cast.lead, approve=False)

    event = last_event(cast)
    assert (line_of(cast).state, event.reason) == (TimeState.RETURNED, "It was shorter.")
    assert event.sentence == "The time of %(leader)s was returned in place of %(school)s, where nobody else may."


@pytest.mark.parametrize("who", ["supporting_head", "head", "finance"])
def test_nobody_else_stands_in_and_least_of_all_the_leader(cast, who):
    user, before = getattr(cast, who), facts(cast)

    with pytest.raises(PermissionDenied):
        decide(cast, user)
    statuses = {Portal(user, cast.project).post(slug, line_of(cast), reason="x").status_code for slug in ("approve-time", "return-time")}

    assert (statuses <= {403, 404}, facts(cast)) == (True, before)


def test_a_leader_who_is_staff_of_the_alliance_does_not_approve_their_own(cast):
    cast.supporting_head.groups.set(cast.broker.groups.all())
    user, before = User.objects.get(pk=cast.supporting_head.pk), facts(cast)

    with pytest.raises(PermissionDenied):
        decide(cast, user)

    assert facts(cast) == before


def test_staff_who_declared_a_conflict_do_not_stand_in(cast):
    ConflictDeclaration.objects.create(
        case=cast.project.case, declared_by=cast.lead, declared_at=NOON, has_conflict=True, details="My sister works there."
    )
    before = facts(cast)

    with pytest.raises(PermissionDenied):
        decide(cast, cast.lead)

    assert facts(cast) == before


def test_the_named_lead_stands_in_for_a_colleague_s_school(cast):
    lead = cast.another_lead()
    sees, offered = Portal(lead, cast.project).words("visits"), Portal(lead, cast.project).offers("visits")

    decide(cast, lead)

    assert ("Waits for" in sees, "approve-time" in offered) == (True, True)
    assert (line_of(cast).state, line_of(cast).decided_by) == (TimeState.APPROVED, lead)


def test_it_is_the_turn_of_whoever_stands_in(cast):
    at_first = whose_turn(cast)
    lead = cast.another_lead()

    assert (at_first, whose_turn(cast)) == (("ALLIANCE", None), ("PERSON", lead))
    assert set(OutboxMessage.objects.filter(details__sentence=WAITS).values_list("recipient", flat=True)) == {cast.broker.pk}


def test_another_head_of_the_school_decides_alone(cast):
    deputy, before = a_deputy(cast), facts(cast)
    synchronise_turns(cast.project.case, at=timezone.now())

    with pytest.raises(PermissionDenied):
        decide(cast, cast.broker)
    assert (facts(cast), whose_turn(cast)) == (before, ("SCHOOL", None))
    assert "approve-time" not in Portal(cast.broker, cast.project).offers("visits")

    decide(cast, deputy)

    assert (line_of(cast).decided_by, last_event(cast).sentence) == (deputy, "The time of %(leader)s was approved.")


def test_a_claimed_role_or_an_account_that_is_off_decides_nothing(cast):
    kind = SchoolRoleKind.objects.get(key="acting-head")
    claimed, off = make_user(), make_user(is_active=False)
    SchoolRole.objects.create(user=claimed, school=cast.supporting_school, kind=kind, starts_on=SINCE, claimed_at=NOON)
    SchoolRole.objects.create(
        user=off, school=cast.supporting_school, kind=kind, starts_on=SINCE, claimed_at=NOON, verified_at=NOON, verified_by=cast.lead
    )

    for user in (claimed, off):
        with pytest.raises(PermissionDenied):
            decide(cast, user)
    decide(cast, cast.broker)

    assert line_of(cast).decided_by == cast.broker


def test_time_of_a_school_with_another_head_is_not_for_staff():
    cast = at_stage(Stage.ACTIVE)
    cast.note_visit()
    staff = make_user(Role.S2S_LEAD)
    before = facts(cast)

    with pytest.raises(PermissionDenied):
        decide(cast, staff)

    assert facts(cast) == before
    assert not OutboxMessage.objects.filter(details__sentence=WAITS, recipient=cast.broker).exists()

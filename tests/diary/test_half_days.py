"""Half days: taken once, held, confirmed and given back; the year's allowance moves with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from alliance.models import SystemLeader
from alliance.queries import personal_data_of
from alliance.roles import Role
from common.actions import Actor
from common.jobs import run_due_jobs
from diary.actions.confirm_halves import confirm_halves
from diary.actions.release_halves import release_halves
from diary.actions.remove_lapsed_holds import remove_lapsed_holds
from diary.actions.set_allowance import set_allowance
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import HalfDay, LeaderYear
from diary.policies import AllowanceIsTaken, AllowanceUsedUp, HalfTaken
from diary.queries import Balance, balances, free_halves, taken_by_leader
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

BROKER = Actor("Broker")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
LAST_OF_YEAR, FIRST_OF_NEXT = date(2027, 8, 31), date(2027, 9, 1)
MORNING, AFTERNOON = (MONDAY, Half.AM), (MONDAY, Half.PM)
HOUR = timedelta(hours=1)


@pytest.fixture
def leader() -> SystemLeader:
    return SystemLeaderFactory()


def take(leader: SystemLeader, *halves, kind=SourceKind.VISIT, reference="VISIT-1", held_until=None, at=NOON) -> list[HalfDay]:
    return take_halves(leader=leader, halves=halves, kind=kind, reference=reference, held_until=held_until, by=BROKER, at=at)


def confirm(leader: SystemLeader, *halves, reference="VISIT-1", at=NOON) -> list[HalfDay]:
    return confirm_halves(leader=leader, halves=halves, kind=SourceKind.VISIT, reference=reference, by=BROKER, at=at)


def release(reference="VISIT-1", **narrowed) -> int:
    return release_halves(kind=SourceKind.VISIT, reference=reference, by=BROKER, at=NOON, **narrowed)


def allow(leader: SystemLeader, half_days: int, year: int = 2026) -> LeaderYear:
    lead = make_user(Role.S2S_LEAD)
    return set_allowance(leader=leader, academic_year=year, allowance=half_days, by=lead, at=NOON, reason="Agreed with the school")


def stored() -> list[tuple[date, str, str, bool]]:
    rows = HalfDay.objects.order_by("date", "half").values_list("date", "half", "source_reference", "held_until")
    return [(day, half, reference, held is not None) for day, half, reference, held in rows]


def taken_of(leader: SystemLeader) -> dict[int, int]:
    return dict(LeaderYear.objects.filter(leader=leader).values_list("academic_year", "taken"))


# --- Taking ---------------------------------------------------------------------------------------


def test_taking_a_full_day_writes_two_rows_and_moves_the_year(leader):
    rows = take(leader, AFTERNOON, MORNING)

    assert [(row.date, row.half) for row in rows] == [MORNING, AFTERNOON]
    assert stored() == [(MONDAY, "AM", "VISIT-1", False), (MONDAY, "PM", "VISIT-1", False)]
    assert taken_of(leader) == {2026: 2}


def test_taking_is_recorded_with_who_did_it(leader):
    (row,) = take(leader, MORNING)

    assert [(entry.history_type, entry.history_actor) for entry in row.history.all()] == [("+", "Broker")]


def test_taking_a_taken_half_is_refused_says_when_and_changes_nothing(leader):
    take(leader, MORNING, reference="CONFIDENTIAL-SCHOOL")
    before = (stored(), taken_of(leader))

    with pytest.raises(HalfTaken) as refused:
        take(leader, (date(2026, 11, 20), Half.AM), MORNING, reference="OTHER")

    assert str(refused.value) == (
        "This leader is no longer free on the morning of 23 November 2026. Choose another time or another leader."
    )
    assert (stored(), taken_of(leader)) == before


def test_the_same_half_of_another_leader_is_free(leader):
    take(leader, MORNING)

    take(SystemLeaderFactory(), MORNING)

    assert HalfDay.objects.count() == 2


def test_each_half_counts_in_its_own_academic_year(leader):
    take(leader, (LAST_OF_YEAR, Half.PM), (FIRST_OF_NEXT, Half.AM))

    assert taken_of(leader) == {2026: 1, 2027: 1}


def test_taking_more_than_the_allowance_is_refused_and_changes_nothing(leader):
    allow(leader, 2)
    take(leader, MORNING)

    with pytest.raises(AllowanceUsedUp) as refused:
        take(leader, (TUESDAY, Half.AM), (TUESDAY, Half.PM), reference="VISIT-2")

    assert str(refused.value) == "This leader can give 1 more half day in the academic year from September 2026, which is too few."
    assert (len(stored()), taken_of(leader)) == (1, {2026: 1})


def test_leave_takes_halves_but_no_allowance(leader):
    allow(leader, 0)

    take(leader, MORNING, kind=SourceKind.LEAVE)

    assert (len(stored()), taken_of(leader)) == (1, {2026: 0})
    with pytest.raises(HalfTaken):
        take(leader, MORNING)


# --- Holds ----------------------------------------------------------------------------------------


def test_a_hold_counts_until_it_lapses_and_then_the_half_goes_to_who_asks(leader):
    take(leader, MORNING, held_until=NOON + HOUR)
    assert taken_of(leader) == {2026: 1}
    with pytest.raises(HalfTaken):
        take(leader, MORNING, reference="VISIT-2", at=NOON + HOUR - timedelta(seconds=1))

    take(leader, MORNING, reference="VISIT-2", at=NOON + HOUR)

    assert (stored(), taken_of(leader)) == ([(MONDAY, "AM", "VISIT-2", False)], {2026: 1})


def test_a_lapsed_hold_on_another_day_gives_its_allowance_back_to_who_takes(leader):
    allow(leader, 1)
    take(leader, MORNING, held_until=NOON + HOUR)

    take(leader, (TUESDAY, Half.AM), reference="VISIT-2", at=NOON + HOUR)

    assert (stored(), taken_of(leader)) == ([(TUESDAY, "AM", "VISIT-2", False)], {2026: 1})


def test_confirming_makes_a_hold_firm(leader):
    take(leader, MORNING, AFTERNOON, held_until=NOON + HOUR)

    rows = confirm(leader, AFTERNOON, MORNING)

    assert [(row.date, row.half, row.held_until) for row in rows] == [(*MORNING, None), (*AFTERNOON, None)]
    assert (len(stored()), taken_of(leader)) == (2, {2026: 2})


def test_confirming_twice_changes_nothing(leader):
    take(leader, MORNING, held_until=NOON + HOUR)
    confirm(leader, MORNING)

    (row,) = confirm(leader, MORNING)

    assert (row.history.count(), taken_of(leader)) == (2, {2026: 1})


@pytest.mark.parametrize("job_ran", [False, True])
def test_confirming_a_lapsed_hold_that_nobody_took_keeps_the_half(leader, job_ran):
    take(leader, MORNING, held_until=NOON + HOUR)
    later = NOON + 2 * HOUR
    if job_ran:
        remove_lapsed_holds(by=Actor.job("test"), at=later)

    confirm(leader, MORNING, at=later)

    assert (stored(), taken_of(leader)) == ([(MONDAY, "AM", "VISIT-1", False)], {2026: 1})


def test_confirming_a_lapsed_hold_that_somebody_took_is_refused_whole(leader):
    take(leader, MORNING, held_until=NOON + HOUR)
    take(leader, AFTERNOON, held_until=NOON + 9 * HOUR)
    take(leader, MORNING, reference="VISIT-2", at=NOON + 2 * HOUR)

    with pytest.raises(HalfTaken):
        confirm(leader, MORNING, AFTERNOON, at=NOON + 3 * HOUR)

    assert stored() == [(MONDAY, "AM", "VISIT-2", False), (MONDAY, "PM", "VISIT-1", True)]


def test_the_job_removes_lapsed_holds_of_every_leader_and_nothing_else(leader):
    other = SystemLeaderFactory()
    take(leader, MORNING, held_until=NOON - HOUR, at=NOON - 9 * HOUR)
    take(other, MORNING, (FIRST_OF_NEXT, Half.AM), held_until=NOON, at=NOON - 9 * HOUR)
    take(other, (TUESDAY, Half.AM), held_until=NOON + HOUR, at=NOON - 9 * HOUR)
    firm = take(leader, AFTERNOON, reference="VISIT-2", at=NOON - 9 * HOUR)

    assert run_due_jobs(at=NOON) == []

    assert stored() == [(MONDAY, "PM", "VISIT-2", False), (TUESDAY, "AM", "VISIT-1", True)]
    assert (taken_of(leader), taken_of(other)) == ({2026: 1}, {2026: 1, 2027: 0})
    gone = HalfDay.history.filter(history_type="-").values_list("history_actor", flat=True)
    assert (set(gone), HalfDay.history.filter(id=firm[0].pk).count()) == ({"job: lapsed holds"}, 1)


# --- Giving back ----------------------------------------------------------------------------------


def test_releasing_gives_back_halves_and_allowance_of_all_its_leaders(leader):
    other = SystemLeaderFactory()
    take(leader, MORNING, AFTERNOON)
    take(other, MORNING, held_until=NOON + HOUR)
    take(leader, (TUESDAY, Half.AM), reference="VISIT-2")

    assert release() == 3

    assert (stored(), taken_of(leader), taken_of(other)) == ([(TUESDAY, "AM", "VISIT-2", False)], {2026: 1}, {2026: 0})
    assert release() == 0


def test_releasing_some_halves_or_one_leader_leaves_the_rest(leader):
    other = SystemLeaderFactory()
    take(leader, MORNING, AFTERNOON)
    take(other, MORNING)

    assert (release(halves=[MORNING], leader=leader), release(leader=other), release(halves=[])) == (1, 1, 0)

    assert stored() == [(MONDAY, "PM", "VISIT-1", False)]


def test_releasing_leave_gives_back_no_allowance(leader):
    take(leader, MORNING)
    take(leader, AFTERNOON, kind=SourceKind.LEAVE, reference="LEAVE-1")

    release_halves(kind=SourceKind.LEAVE, reference="LEAVE-1", by=BROKER, at=NOON)

    assert taken_of(leader) == {2026: 1}


# --- The allowance --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.S2S_LEAD, Role.BROKER)])
def test_allowances_are_set_by_those_who_broker(leader, role):
    with pytest.raises(PermissionDenied):
        set_allowance(leader=leader, academic_year=2026, allowance=10, by=make_user(role), at=NOON, reason="More")

    assert not LeaderYear.objects.exists()


def test_an_allowance_needs_a_reason(leader):
    with pytest.raises(ValidationError):
        set_allowance(leader=leader, academic_year=2026, allowance=10, by=make_user(Role.BROKER), at=NOON, reason=" ")


def test_an_allowance_does_not_fall_below_what_is_taken(leader):
    take(leader, MORNING, AFTERNOON)

    with pytest.raises(AllowanceIsTaken):
        allow(leader, 1)

    assert allow(leader, 2).remaining == 0


def test_the_database_keeps_taken_within_the_allowance(leader):
    for taken in (-1, 31):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeaderYear.objects.create(leader=leader, academic_year=2026, taken=taken)


# --- Asking ---------------------------------------------------------------------------------------


def test_free_halves_leave_out_what_is_taken_and_count_lapsed_holds_as_free(leader):
    take(leader, MORNING)
    take(leader, (TUESDAY, Half.PM), held_until=NOON)

    assert free_halves(leader, [TUESDAY, MONDAY], at=NOON) == [AFTERNOON, (TUESDAY, Half.AM), (TUESDAY, Half.PM)]


def test_taken_halves_and_balances_of_many_leaders_cost_one_query_each(leader, django_assert_num_queries):
    others = [SystemLeaderFactory() for _number in range(20)]
    take(leader, MORNING)
    for other in others:
        take(other, AFTERNOON)

    with django_assert_num_queries(2):
        taken = taken_by_leader([leader, *others], [MONDAY], at=NOON)
        left = balances([leader, *others], on=MONDAY)

    assert taken == {leader.pk: {MORNING}, **{other.pk: {AFTERNOON} for other in others}}
    assert left == {one.pk: Balance(allowance=30, taken=1) for one in (leader, *others)}


def test_balance_of_somebody_without_a_row_is_the_usual_one(leader):
    balance = balances([leader], on=FIRST_OF_NEXT)[leader.pk]

    assert (balance, balance.remaining, balance.share_taken) == (Balance(30, 0), 30, 0.0)


def test_share_taken_of_somebody_who_gives_nothing_is_whole():
    assert Balance(0, 0).share_taken == 1.0


def test_personal_data_tells_when_a_leader_was_taken(leader):
    take(leader, MORNING)
    take(SystemLeaderFactory(), AFTERNOON)

    held = personal_data_of(leader.user)

    assert [(row["date"], row["half"]) for row in held["half days"]] == [MORNING]
    assert held["allowance by academic year"] == [{"academic_year": 2026, "allowance": 30, "taken": 1}]

"""Real free halves of many leaders over many days, in few queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alliance.models import SystemLeader
from common.actions import Actor
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.free_dates import days_with_free_leaders, free_halves_of
from diary.models import LeaderYear
from diary.terms import closed_because
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.diary import CODE, make_closure, make_term
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
LAST_OF_YEAR, FIRST_OF_NEXT = date(2027, 8, 31), date(2027, 9, 1)
WHOLE = list(Half)


@pytest.fixture
def leader() -> SystemLeader:
    return SystemLeaderFactory()


def take(leader: SystemLeader, *halves, held_until=None, kind=SourceKind.VISIT) -> None:
    take_halves(
        leader=leader, halves=halves, kind=kind, reference="V-1", held_until=held_until, by=Actor("Broker"), at=NOON - timedelta(days=1)
    )


def both(*days: date) -> set[tuple[date, Half]]:
    return {(day, half) for day in days for half in Half}


def test_free_is_what_nobody_has_and_a_hold_that_lapsed_is_free(leader):
    other = SystemLeaderFactory()
    take(leader, (MONDAY, Half.AM))
    take(leader, (TUESDAY, Half.PM), kind=SourceKind.LEAVE)
    take(leader, (WEDNESDAY, Half.AM), held_until=NOON)
    take(leader, (WEDNESDAY, Half.PM), held_until=NOON + timedelta(hours=1))

    assert free_halves_of([leader, other], MONDAY, WEDNESDAY, at=NOON) == {
        leader.pk: {(MONDAY, Half.PM), (TUESDAY, Half.AM), (WEDNESDAY, Half.AM)},
        other.pk: both(MONDAY, TUESDAY, WEDNESDAY),
    }


def test_closed_days_are_left_out_with_their_halves(leader):
    assert free_halves_of([leader], MONDAY, WEDNESDAY, at=NOON, closed={TUESDAY: "The school is closed."}) == {
        leader.pk: both(MONDAY, WEDNESDAY)
    }


def test_who_has_nothing_left_to_give_in_a_year_has_nothing_free_in_it(leader):
    LeaderYear.objects.create(leader=leader, academic_year=2026, allowance=0)

    assert free_halves_of([leader], LAST_OF_YEAR, FIRST_OF_NEXT, at=NOON) == {leader.pk: both(FIRST_OF_NEXT)}


def test_nobody_and_no_days_cost_nothing(leader, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert free_halves_of([], MONDAY, WEDNESDAY, at=NOON) == {}
        assert free_halves_of([leader], WEDNESDAY, MONDAY, at=NOON) == {leader.pk: set()}
        assert free_halves_of([leader], MONDAY, MONDAY, at=NOON, closed=[MONDAY]) == {leader.pk: set()}


def test_days_come_with_the_leaders_who_have_all_the_halves(leader):
    other = SystemLeaderFactory()
    take(leader, (MONDAY, Half.AM))
    take(other, (MONDAY, Half.PM))
    take(other, *both(TUESDAY))

    def found(*halves: Half) -> dict[date, list[int]]:
        return days_with_free_leaders([other, leader], MONDAY, WEDNESDAY, halves=halves, at=NOON, closed=[WEDNESDAY])

    assert found(Half.AM) == {MONDAY: [other.pk], TUESDAY: [leader.pk]}
    assert found(Half.PM) == {MONDAY: [leader.pk], TUESDAY: [leader.pk]}
    assert found(*Half) == {TUESDAY: [leader.pk]}


def test_one_half_day_left_is_no_full_day(leader):
    LeaderYear.objects.create(leader=leader, academic_year=2026, allowance=1)

    days = {tuple(halves): list(days_with_free_leaders([leader], LAST_OF_YEAR, FIRST_OF_NEXT, halves=halves, at=NOON)) for halves in (WHOLE[:1], WHOLE)}  # fmt: skip

    assert days == {(Half.AM,): [LAST_OF_YEAR, FIRST_OF_NEXT], (Half.AM, Half.PM): [FIRST_OF_NEXT]}


@pytest.mark.parametrize("number", [1, 20])
def test_two_terms_of_any_number_of_leaders_cost_six_queries_with_the_schools_own_days(number, django_assert_num_queries):
    leaders = [SystemLeaderFactory() for _number in range(number)]
    make_term()
    make_closure()
    for one in leaders:
        take(one, (MONDAY, Half.AM))
    school = make_school(local_authority_code=CODE)
    first, last = date(2026, 9, 1), date(2027, 4, 1)

    with django_assert_num_queries(6):
        closed = closed_because(school, [first + timedelta(days=n) for n in range((last - first).days + 1)])
        found = days_with_free_leaders(SystemLeader.objects.all(), first, last, halves=WHOLE, at=NOON, closed=closed)

    assert (MONDAY in found, len(found[TUESDAY])) == (False, number)

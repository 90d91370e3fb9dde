"""Many people at once (promise 4): one half day goes to exactly one of them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, models

from alliance.models import SystemLeader
from common.actions import Actor
from diary.actions.release_halves import release_halves
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import HalfDay, LeaderYear
from diary.policies import AllowanceUsedUp, HalfTaken, insert_half
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory

pytestmark = pytest.mark.django_db(transaction=True)

RACERS = 8
DAY = date(2026, 11, 23)
BROKER = Actor("Broker")


@pytest.fixture
def leader(transactional_db: None) -> SystemLeader:
    return SystemLeaderFactory()


def race(run: Callable[[int], str]) -> Counter[str]:
    """Start one thread for each racer at the same moment; what each of them came to. Other exceptions fail the test."""
    barrier = Barrier(RACERS)

    def one(number: int) -> str:
        try:
            barrier.wait(timeout=20)
            return run(number)
        except (HalfTaken, AllowanceUsedUp) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as threads:
        return Counter(threads.map(one, range(RACERS)))


def take(leader: SystemLeader, *halves, reference: str) -> str:
    take_halves(leader=leader, halves=halves, kind=SourceKind.VISIT, reference=reference, by=BROKER, at=NOON)
    return "taken"


def test_of_many_who_take_one_half_exactly_one_gets_it(leader):
    outcome = race(lambda number: take(leader, (DAY, Half.AM), reference=f"VISIT-{number}"))

    assert outcome == {"taken": 1, "HalfTaken": RACERS - 1}
    assert (HalfDay.objects.count(), LeaderYear.objects.get().taken) == (1, 1)


def test_of_many_who_take_overlapping_days_in_any_order_nothing_is_left_half_done(leader):
    halves = [(date(2026, 11, day), half) for day in (23, 24, 25) for half in Half]

    outcome = race(lambda number: take(leader, *halves[:: 1 if number % 2 else -1], reference=f"VISIT-{number}"))

    assert outcome == {"taken": 1, "HalfTaken": RACERS - 1}
    assert HalfDay.objects.values("source_reference").distinct().count() == 1
    assert LeaderYear.objects.get().taken == len(halves)


def test_the_constraint_decides_also_without_the_lock_on_the_year(leader):
    def insert(number: int) -> str:
        insert_half(HalfDay(leader=leader, date=DAY, half=Half.AM, source_kind=SourceKind.VISIT, source_reference=f"VISIT-{number}"))
        return "taken"

    assert race(insert) == {"taken": 1, "HalfTaken": RACERS - 1}


def test_of_many_who_take_the_last_of_the_allowance_it_goes_as_far_as_it_goes(leader):
    LeaderYear.objects.create(leader=leader, academic_year=2026, allowance=3)

    outcome = race(lambda number: take(leader, (date(2026, 11, 1 + number), Half.AM), reference=f"VISIT-{number}"))

    assert outcome == {"taken": 3, "AllowanceUsedUp": RACERS - 3}
    assert (HalfDay.objects.count(), LeaderYear.objects.get().taken) == (3, 3)


def test_taking_and_giving_back_at_once_keeps_the_count_true(leader):
    for number in range(RACERS // 2):
        take(leader, (date(2026, 11, 1 + number), Half.AM), reference=f"VISIT-{number}")

    def take_or_release(number: int) -> str:
        if number >= RACERS // 2:
            return take(leader, (date(2026, 11, 1 + number), Half.PM), reference=f"VISIT-{number}")
        release_halves(kind=SourceKind.VISIT, reference=f"VISIT-{number}", by=BROKER, at=NOON)
        return "released"

    assert race(take_or_release) == {"taken": RACERS // 2, "released": RACERS // 2}
    assert LeaderYear.objects.get().taken == HalfDay.objects.count() == RACERS // 2


# --- The control: the same race where nothing but a look beforehand keeps two from one half ------------------------


class UnconstrainedHalf(models.Model):
    """A half day as `HalfDay`, without its constraint; the test makes and drops its table."""

    date = models.DateField()
    half = models.CharField(max_length=2)

    class Meta:
        app_label = "diary"
        managed = False
        db_table = "test_unconstrained_half"

    def __str__(self) -> str:
        return f"{self.date} {self.half}"


@pytest.fixture
def unconstrained(leader: SystemLeader) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(UnconstrainedHalf)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(UnconstrainedHalf)


def test_control_looking_before_inserting_books_twice(unconstrained):
    looked = Barrier(RACERS)

    def look_then_insert(number: int) -> str:
        if UnconstrainedHalf.objects.filter(date=DAY, half=Half.AM).exists():
            return "refused"
        looked.wait(timeout=20)  # everybody looked before anybody wrote: the moment that chance brings about in the product
        UnconstrainedHalf.objects.create(date=DAY, half=Half.AM)
        return "taken"

    assert race(look_then_insert) == {"taken": RACERS}
    assert UnconstrainedHalf.objects.count() == RACERS

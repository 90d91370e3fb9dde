"""Many people at once (promise 4): a half day, the last of an allowance, a quote and a brief go to exactly one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Model

from common.actions import Refusal
from diary.actions.set_allowance import set_allowance
from diary.enums import Half
from diary.models import HalfDay, LeaderYear
from health_checks.actions.accept_quote import accept_quote
from health_checks.actions.propose_leader import propose_leader
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.take_quote_back import take_quote_back
from health_checks.actions.write_brief import write_brief
from health_checks.enums import DayState, SeriesState
from health_checks.models import Assignment, Brief, Day, Series
from health_checks.models.days import ONE_DAY_A_DATE
from health_checks.policies import DateIsTaken
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.enums import Stage
from s2s_workflow.models import Deployment
from tests.conftest import NOON
from tests.factories.alliance import LeaderDesignationFactory
from tests.factories.health_checks import FIRST, Booking, make_leader
from tests.factories.people import make_head
from tests.factories.projects import Cast, reach

pytestmark = pytest.mark.django_db(transaction=True)


def race(*runs: Callable[[], object]) -> Counter[str]:
    """Each in a thread of its own, at the same moment; what each came to. Anything but a refusal fails the test."""
    barrier = Barrier(len(runs))

    def one(run: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=20)
            run()
        except Refusal:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as threads:
        return Counter(threads.map(one, runs))


@pytest.fixture
def booking(transactional_db: None) -> Booking:
    return Booking(dates=[FIRST, FIRST + timedelta(days=1)])


def holding(booking: Booking, day: int) -> Callable[[], object]:
    def run() -> None:
        fresh = Day.objects.select_related("series__case__supported_school").get(pk=day)
        propose_leader(day=fresh, leader=booking.leader, by=booking.lead, at=NOON)

    return run


def test_the_same_leader_is_held_for_one_of_two_bookings_at_the_same_time(booking):
    other = Booking(has_rates=False)
    other.__dict__ |= {"leader": booking.leader, "lead": booking.lead}
    booking.match()
    other.match()

    outcome = race(*[holding(booking, booking.day.pk), holding(other, other.day.pk)] * 3)

    assert outcome == {"done": 1, "refused": 5}
    assert (Assignment.objects.count(), HalfDay.objects.count(), LeaderYear.objects.get(leader=booking.leader).taken) == (1, 2, 2)


def visiting(booking: Booking) -> Callable[[], object]:
    """The leader of a support project under way plans a visit on the morning of the booking's first day."""
    cast = Cast(half_days=20)
    reach(cast, Stage.ACTIVE)
    booking.__dict__["leader"] = cast.leader
    LeaderDesignationFactory(leader=cast.leader, designation="SLE", starts_on=NOON.date(), ends_on=None)

    def run() -> None:
        deployment = Deployment.objects.select_related("leader__user", "project__case").get(leader=cast.leader)
        plan_visit(deployment=deployment, visit_date=FIRST, half="AM", by=cast.broker, at=NOON)

    return run


@pytest.fixture
def without(monkeypatch) -> Callable[[type[Model], str], None]:
    """Drop a constraint: what a control shows happens without it. The database is put back after the test."""

    def drop(model: type[Model], name: str) -> None:
        gone = next(one for one in model._meta.constraints if one.name == name)
        monkeypatch.setattr(model._meta, "constraints", [one for one in model._meta.constraints if one != gone])
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, gone)

    return drop


@pytest.mark.parametrize("is_guarded", [True, pytest.param(False, id="control, without the constraint")])
def test_a_visit_of_a_project_and_a_health_check_for_the_same_half_one_gets_it(booking, is_guarded, without, monkeypatch):
    """Both looked before either wrote, so that only the database can tell them apart."""
    monkeypatch.setattr("health_checks.matching.taken_by_leader", lambda leaders, days, at: {leader.pk: set() for leader in leaders})
    visit = visiting(booking)
    booking.match()
    if not is_guarded:
        without(HalfDay, "one_taker_per_half_day")

    outcome = race(holding(booking, booking.day.pk), visit)

    on_it = HalfDay.objects.filter(leader=booking.leader, date=FIRST, half=Half.AM)
    assert outcome == ({"done": 1, "refused": 1} if is_guarded else {"done": 2})
    assert on_it.count() == (1 if is_guarded else 2)


@pytest.mark.parametrize("is_guarded", [True, pytest.param(False, id="control, without the constraint")])
def test_two_bookings_of_one_school_get_one_date_once_whoever_conducts_them(booking, is_guarded, without):
    other = Booking(has_rates=False)
    other.__dict__ |= {"school": booking.school, "lead": booking.lead, "leader": make_leader()}
    booking.match()
    other.match()
    if not is_guarded:
        without(Day, ONE_DAY_A_DATE)

    outcome = race(holding(booking, booking.day.pk), holding(other, other.day.pk))

    held = Day.objects.filter(school=booking.school, date=FIRST, state=DayState.HELD)
    assert outcome == ({"done": 1, "refused": 1} if is_guarded else {"done": 2})
    assert (held.count(), HalfDay.objects.count()) == ((1, 2) if is_guarded else (2, 4))


def test_a_second_booking_of_a_school_for_a_date_is_told_why(booking):
    other = Booking(has_rates=False)
    other.__dict__ |= {"school": booking.school, "lead": booking.lead, "leader": make_leader()}
    booking.match()
    other.match()
    booking.put_leaders_on()

    with pytest.raises(DateIsTaken, match="The school has another health check on 13 January 2027"):
        other.put_leaders_on()


def test_the_last_of_a_leaders_year_goes_to_one(booking):
    booking.match()
    set_allowance(leader=booking.leader, academic_year=2026, allowance=2, by=booking.lead, at=NOON, reason="Little time")
    first, second = Day.objects.filter(series=booking.series.pk).order_by("date")

    outcome = race(holding(booking, first.pk), holding(booking, second.pk))

    assert outcome == {"done": 1, "refused": 1}
    assert LeaderYear.objects.get(leader=booking.leader).taken == HalfDay.objects.count() == 2


def test_a_quote_is_accepted_once_or_taken_back(booking):
    booking.quote()
    colleague = make_head(booking.school)
    version = booking.fresh().offered.version

    outcome = race(
        lambda: accept_quote(series=booking.fresh(), version=version, by=booking.head, at=NOON),
        lambda: accept_quote(series=booking.fresh(), version=version, by=colleague, at=NOON),
        lambda: take_quote_back(series=booking.fresh(), by=booking.lead, at=NOON, reason="A mistake"),
    )

    state = Series.objects.get().state
    assert outcome == {"done": 1, "refused": 2}
    assert HalfDay.objects.filter(held_until=None).count() == (4 if state == SeriesState.CONFIRMED else 0)


def test_of_two_who_write_the_brief_one_is_told(booking):
    booking.book()
    day = booking.day

    def writing(by) -> Callable[[], object]:
        return lambda: write_brief(
            day=Day.objects.select_related("series__case__supported_school").get(pk=day.pk), version=1, area=str(by.pk), statements=[],
            activities=["Walk"], outcomes=["View"], by=by, at=NOON,
        )  # fmt: skip

    outcome = race(writing(booking.head), writing(booking.leader.user))

    assert outcome == {"done": 1, "refused": 1}
    assert Brief.objects.filter(day=day).count() == 2


def test_moves_across_the_turn_of_the_year_in_both_directions_all_succeed(transactional_db):
    """A leader's years are locked in one order: otherwise two that go in opposite directions wait for each other."""
    summer, autumn = date(2027, 7, 5), date(2027, 9, 6)
    bookings: list[Booking] = []
    for n, first in enumerate([summer, autumn] * 3):
        booking = Booking(dates=[first + timedelta(days=n // 2)], has_rates=not bookings)
        if bookings:
            booking.__dict__ |= {"leader": bookings[0].leader, "lead": bookings[0].lead}
        booking.book()
        bookings.append(booking)

    def moving(booking: Booking, n: int) -> Callable[[], object]:
        to = (autumn if n % 2 == 0 else summer) + timedelta(weeks=1, days=n // 2)
        day = booking.day
        return lambda: reschedule_day(day=day, to=to, by=booking.head, at=NOON + timedelta(hours=4), reason="Later")

    outcome = race(*[moving(booking, n) for n, booking in enumerate(bookings)])

    assert outcome == {"done": 6}
    taken = dict(LeaderYear.objects.filter(leader=bookings[0].leader).values_list("academic_year", "taken"))
    assert taken == {2026: 6, 2027: 6}

"""When the alliance or a leader caused that a day was not held, the school is offered another, at no cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.turns import synchronise_turns
from common.actions import Refusal
from diary.actions.set_allowance import set_allowance
from diary.models import HalfDay
from finance.models import Invoice
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.come_after_all import come_after_all
from health_checks.actions.decline_another_date import decline_another_date
from health_checks.actions.propose_leader import LeaderDoesNotFit
from health_checks.actions.record_no_show import record_no_show
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.enums import Cause, DayState, SeriesState
from health_checks.models import Day
from health_checks.policies import NotNow
from health_checks.pricing import price_of
from tests.conftest import NOON
from tests.factories.alliance import DeclaredInterestFactory
from tests.factories.health_checks import FIRST, Booking, at_day, make_leader

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)
LATER = FIRST + timedelta(weeks=3)
OFFER = "Offer the school another date for %(day)s"


@pytest.fixture
def booked() -> Booking:
    booking = Booking()
    booking.book()
    return booking


def miss(booking: Booking, how: str) -> Day:
    """The only day does not happen, by the doing of the alliance or the leader."""
    day = booking.day
    if how == "no-show":
        record_no_show(day=day, absent=Cause.LEADER, by=booking.lead, at=at_day(FIRST), reason="Nobody came")
    else:
        cancel_day(day=day, caused_by=Cause(how), fee_shown=Decimal("0.00"), by=booking.lead, at=at_day(FIRST, 8), reason="Ill")
    return Day.objects.select_related("series__case__supported_school").get(pk=day.pk)


def of_staff(booking: Booking) -> list[str]:
    return list(booking.fresh().case.turns.open().filter(side="ALLIANCE").values_list("sentence", flat=True))


WAYS = ("no-show", Cause.ALLIANCE.value, Cause.LEADER.value)


@pytest.mark.parametrize("how", WAYS)
def test_the_case_stays_open_and_staff_offer_another_date(booked, how):
    miss(booked, how)

    assert (of_staff(booked), booked.fresh().case.is_open, booked.fresh().state in ("CONFIRMED", "IN_PROGRESS")) == ([OFFER], True, True)


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("who", ["head", "lead"])
def test_another_date_is_its_one_successor_and_costs_what_was_agreed(booked, how, who):
    missed = miss(booked, how)
    state = missed.state

    after = reschedule_day(day=missed, to=LATER, by=getattr(booked, who), at=at_day(FIRST, 12), reason="Agreed on the telephone")
    missed.refresh_from_db()

    assert (missed.state, after.replaces, after.state, price_of(after), after.least_percent) == (
        state, missed, DayState.CONFIRMED, Decimal("350.00"), 0,
    )  # fmt: skip
    assert ({row.date for row in HalfDay.objects.all()}, Invoice.objects.count(), of_staff(booked)) == ({LATER}, 0, [])
    with pytest.raises(NotNow):
        reschedule_day(day=missed, to=LATER + timedelta(weeks=1), by=booked.lead, at=at_day(FIRST, 12), reason="Again")


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("who", ["head", "lead"])
def test_school_or_staff_say_that_no_other_day_is_wanted(booked, how, who):
    missed = miss(booked, how)

    decline_another_date(day=missed, by=getattr(booked, who), at=at_day(FIRST, 12), reason="The term is full")

    series = booked.fresh()
    assert (series.state, series.case.public_status, of_staff(booked)) == (SeriesState.CANCELLED, "WITHDRAWN", [])
    assert Day.objects.get().no_other_day_reason == "The term is full"


def test_what_the_school_caused_asks_for_no_other_date(booked):
    record_no_show(day=booked.day, absent=Cause.SCHOOL, by=booked.leader.user, at=at_day(FIRST), reason="Shut")

    assert (booked.fresh().state, of_staff(booked)) == (SeriesState.COMPLETED, [])
    with pytest.raises(NotNow):
        reschedule_day(day=Day.objects.get(), to=LATER, by=booked.lead, at=at_day(FIRST, 12), reason="x")
    with pytest.raises(NotNow):
        decline_another_date(day=Day.objects.get(), by=booked.lead, at=at_day(FIRST, 12), reason="x")


def test_a_leader_neither_chooses_nor_declines_another_date(booked):
    missed = miss(booked, "no-show")

    with pytest.raises(PermissionDenied):
        reschedule_day(day=missed, to=LATER, by=booked.leader.user, at=at_day(FIRST, 12), reason="x")
    with pytest.raises(PermissionDenied):
        decline_another_date(day=missed, by=booked.leader.user, at=at_day(FIRST, 12), reason="x")


def test_declining_needs_a_reason(booked):
    missed = miss(booked, "no-show")

    with pytest.raises(ValidationError):
        decline_another_date(day=missed, by=booked.head, at=at_day(FIRST, 12), reason=" ")


def test_other_days_of_the_booking_go_on_and_the_end_waits_for_the_other_date():
    booking = Booking(dates=[FIRST, FIRST + timedelta(weeks=1)])
    booking.book()
    first = miss(booking, "LEADER")
    second = booking.day
    cancel_day(day=second, caused_by=Cause.ALLIANCE, fee_shown=Decimal("0.00"), by=booking.lead, at=at_day(FIRST, 9), reason="Ill")
    both = of_staff(booking)
    decline_another_date(day=first, by=booking.head, at=at_day(FIRST, 10), reason="No")

    assert (both, of_staff(booking), booking.fresh().state) == ([OFFER, OFFER], [OFFER], SeriesState.CONFIRMED)


# Leaders of a day that is moved are looked at again.


def unfit(booking: Booking, how: str) -> None:
    if how == "designation":
        held = booking.leader.designations.get()
        held.ends_on = FIRST + timedelta(days=1)
        held.save()
    elif how == "interest":
        DeclaredInterestFactory(leader=booking.leader, school=booking.school)
    elif how == "own school":
        booking.leader.supporting_school = booking.school
        booking.leader.save()
    elif how == "allowance":
        set_allowance(leader=booking.leader, academic_year=2027, allowance=1, by=booking.lead, at=NOON, reason="Little time")
    elif how == "account":
        booking.leader.user.is_active = False
        booking.leader.user.save()


UNFIT = {
    "designation": (LATER, "designation"),
    "interest": (LATER, "interest"),
    "own school": (LATER, "Works at this school"),
    "allowance": (date(2027, 9, 15), "half days"),
    "account": (LATER, "not available"),
}


@pytest.mark.parametrize("how", UNFIT)
@pytest.mark.parametrize("who", ["head", "lead"])
def test_a_leader_who_no_longer_fits_is_not_moved_along(booked, how, who):
    to, words = UNFIT[how]
    unfit(booked, how)

    with pytest.raises(LeaderDoesNotFit, match=words):
        reschedule_day(day=booked.day, to=to, by=getattr(booked, who), at=SOON, reason="An inspection")

    assert (booked.day.date, booked.day.state, HalfDay.objects.count()) == (FIRST, DayState.CONFIRMED, 2)


@pytest.mark.parametrize("how", UNFIT)
def test_staff_move_it_all_the_same_and_are_asked_for_a_substitute(booked, how):
    to, _words = UNFIT[how]
    unfit(booked, how)

    after = reschedule_day(day=booked.day, to=to, by=booked.lead, at=SOON, reason="An inspection", without_leaders=True)
    asked = of_staff(booked)
    assignment = after.assignments.get()
    with pytest.raises(Refusal):
        come_after_all(assignment=assignment, by=booked.lead, at=SOON)
    substitute_leader(assignment=assignment, leader=make_leader(), by=booked.lead, at=SOON, reason="Somebody else")

    assert asked == ["Name a substitute for %(leader)s on %(day)s"]
    assert (of_staff(booked), price_of(after), HalfDay.objects.filter(date=to).count()) == ([], Decimal("350.00"), 2)


def test_a_school_moves_no_day_without_its_leaders(booked):
    unfit(booked, "interest")

    with pytest.raises(LeaderDoesNotFit):
        reschedule_day(day=booked.day, to=LATER, by=booked.head, at=SOON, reason="x", without_leaders=True)


def test_a_past_day_that_nobody_agreed_to_asks_staff(booked, time_machine):
    time_machine.move_to(at_day(FIRST + timedelta(days=1)))
    case = booked.fresh().case
    synchronise_turns(case, at=at_day(FIRST + timedelta(days=1)))

    assert list(case.turns.open().values_list("sentence", flat=True)) == ["Say why the health check on %(day)s was not begun, or move it"]

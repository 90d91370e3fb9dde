"""Moving, cancelling, not turning up, another leader: who owes what, and whose half days are free (H6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.queries import people_with_role
from alliance.roles import Role
from alliance.working_days import add_working_days
from diary.models import HalfDay, LeaderYear
from finance.models import Invoice, Quote
from health_checks.actions.cancel_day import FeeChanged, cancel_day
from health_checks.actions.record_no_show import record_no_show
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.actions.waive_fee import waive_fee
from health_checks.enums import Cause, DayState, SeriesState
from health_checks.fees import fee_for_day
from health_checks.models import Day
from health_checks.policies import NotNow
from health_checks.pricing import price_of
from health_checks.transitions import DAY_MOVES
from outbox.delivery import deliver_due_messages
from tests.conftest import NOON
from tests.factories.alliance import DeclaredInterestFactory
from tests.factories.finance import issue, make_rate
from tests.factories.health_checks import FIRST, Booking, at_day, make_leader
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)


def notice_of(working_days: int):
    """The moment with so many working days of notice before `FIRST`."""
    day = NOON.date()
    while add_working_days(day, working_days) < FIRST:
        day += timedelta(days=1)
    return at_day(day)


def cancel(booking: Booking, *, at, by=None, cause=Cause.SCHOOL, fee=None):
    day = booking.day
    shown = fee_for_day(day, caused_by=cause, on=at.date()).amount if fee is None else Decimal(fee)
    return cancel_day(day=day, caused_by=cause, fee_shown=shown, by=by or booking.head, at=at, reason="Ill")


@pytest.fixture
def booked() -> Booking:
    booking = Booking()
    booking.book()
    return booking


@pytest.mark.parametrize(
    ("notice", "percent", "fee"),
    [(11, 0, "0.00"), (10, 0, "0.00"), (9, 50, "175.00"), (5, 50, "175.00"), (4, 100, "350.00"), (1, 100, "350.00")],
)
def test_a_school_that_cancels_owes_the_fee_of_its_notice(booked, notice, percent, fee):
    day = cancel(booked, at=notice_of(notice))

    assert (day.state, day.fee_percent, day.fee_due, day.caused_by) == (DayState.CANCELLED, percent, Decimal(fee), Cause.SCHOOL)
    assert [invoice.net for invoice in Invoice.objects.filter(purpose="CHARGE")] == ([Decimal(fee)] if percent else [])
    assert (HalfDay.objects.count(), LeaderYear.objects.get(leader=booked.leader).taken) == (0, 0)
    assert booked.fresh().state == SeriesState.CANCELLED


@pytest.mark.parametrize("cause", [Cause.ALLIANCE, Cause.LEADER])
def test_nothing_is_charged_when_the_alliance_or_the_leader_caused_it(booked, cause):
    day = cancel(booked, at=notice_of(1), by=booked.lead, cause=cause)

    assert (day.fee_due, Invoice.objects.count()) == (Decimal("0.00"), 0)


def test_a_leader_cancels_nothing_but_says_that_they_cannot_come(booked):
    with pytest.raises(PermissionDenied):
        cancel(booked, at=notice_of(1), by=booked.leader.user, cause=Cause.LEADER, fee="0.00")

    assert booked.day.state == DayState.CONFIRMED


def test_a_school_cannot_say_that_somebody_else_caused_it(booked):
    with pytest.raises(FeeChanged):
        cancel(booked, at=notice_of(1), cause=Cause.ALLIANCE, fee="0.00")

    assert (booked.day.state, HalfDay.objects.count()) == (DayState.CONFIRMED, 2)


def test_a_fee_that_is_not_the_one_shown_cancels_nothing(booked):
    with pytest.raises(FeeChanged):
        cancel(booked, at=notice_of(4), fee="175.00")

    assert booked.day.state == DayState.CONFIRMED


def test_a_cancellation_needs_a_reason(booked):
    with pytest.raises(ValidationError):
        cancel_day(day=booked.day, caused_by=Cause.SCHOOL, fee_shown=Decimal(0), by=booked.head, at=SOON, reason=" ")


def test_the_fee_follows_the_policy_that_was_frozen(booked):
    """A harder policy that comes later changes nothing of it."""
    from tests.factories.finance import make_policy

    make_policy((0, 100), effective_from=NOON.date())

    assert cancel(booked, at=notice_of(11)).fee_due == Decimal("0.00")


def test_moving_costs_nothing_keeps_price_leader_and_place_in_the_calendar(booked):
    before = booked.day
    after = reschedule_day(day=before, to=FIRST + timedelta(weeks=1), by=booked.head, at=SOON, reason="An inspection")

    before.refresh_from_db()
    assert (before.state, after.state, after.replaces, before.successor) == (DayState.RESCHEDULED, DayState.CONFIRMED, before, after)
    assert (price_of(after), after.calendar_uid, after.sequence > before.sequence - 1) == (Decimal("350.00"), before.calendar_uid, True)
    assert {row.date for row in HalfDay.objects.all()} == {after.date}
    assert Invoice.objects.count() == 0


def test_a_day_has_one_successor(booked):
    day = booked.day
    reschedule_day(day=day, to=FIRST + timedelta(weeks=1), by=booked.head, at=SOON, reason="An inspection")

    with pytest.raises(NotNow):
        reschedule_day(day=day, to=FIRST + timedelta(weeks=2), by=booked.head, at=SOON, reason="Once more")


def test_moving_late_is_no_way_round_the_fee(booked):
    late = notice_of(4)
    moved = reschedule_day(day=booked.day, to=FIRST + timedelta(weeks=8), by=booked.head, at=late, reason="Later")

    day = cancel(booked, at=late)

    assert (moved.least_percent, day.pk, day.fee_due) == (100, moved.pk, Decimal("350.00"))


def test_a_price_outlives_later_rates_when_moved_into_another_academic_year(booked):
    make_rate(400, 200, 340, 170, designation="SLE", effective_from=date(2027, 9, 1))

    after = reschedule_day(day=booked.day, to=date(2027, 9, 15), by=booked.head, at=SOON, reason="Next year")

    assert price_of(after) == Decimal("350.00")


@pytest.mark.parametrize(
    ("absent", "by", "state", "fee"),
    [(Cause.SCHOOL, "leader", DayState.NO_SHOW_SCHOOL, "350.00"), (Cause.SCHOOL, "lead", DayState.NO_SHOW_SCHOOL, "350.00"),
     (Cause.LEADER, "head", DayState.NO_SHOW_LEADER, "0.00"), (Cause.LEADER, "lead", DayState.NO_SHOW_LEADER, "0.00")],
)  # fmt: skip
def test_whoever_was_not_there_decides_what_is_owed(booked, absent, by, state, fee):
    person = booked.leader.user if by == "leader" else getattr(booked, by)

    day = record_no_show(day=booked.day, absent=absent, by=person, at=at_day(FIRST), reason="Nobody came")

    ends = SeriesState.COMPLETED if absent == Cause.SCHOOL else SeriesState.CONFIRMED
    assert (day.state, day.fee_due, booked.fresh().state) == (state, Decimal(fee), ends)


@pytest.mark.parametrize(("absent", "by"), [(Cause.SCHOOL, "head"), (Cause.LEADER, "leader")])
def test_nobody_says_it_of_themselves(booked, absent, by):
    person = booked.leader.user if by == "leader" else getattr(booked, by)

    with pytest.raises(PermissionDenied):
        record_no_show(day=booked.day, absent=absent, by=person, at=at_day(FIRST), reason="Nobody came")

    assert booked.day.state == DayState.CONFIRMED


def test_nobody_was_absent_before_the_date(booked):
    with pytest.raises(NotNow):
        record_no_show(day=booked.day, absent=Cause.SCHOOL, by=booked.leader.user, at=SOON, reason="Nobody came")


def test_a_fee_is_waived_with_a_reason_and_its_draft_thrown_away(booked):
    cancel(booked, at=notice_of(1))
    day = Day.objects.get()

    waive_fee(day=day, by=booked.lead, at=SOON, reason="A funeral")

    day.refresh_from_db()
    assert (day.fee_due, day.fee, day.waiver_reason) == (Decimal("0.00"), Decimal("350.00"), "A funeral")
    assert {invoice.status for invoice in Invoice.objects.all()} == {"DISCARDED"}


def test_finance_is_asked_to_credit_a_waived_fee_that_was_invoiced(booked):
    finance = make_user(Role.FINANCE)
    cancel(booked, at=notice_of(1))
    for invoice in Invoice.objects.all():
        issue(invoice, by=finance)
    day = Day.objects.get()

    waive_fee(day=day, by=booked.lead, at=SOON, reason="A funeral")
    deliver_due_messages(SOON)

    asked = [one for one in mail.outbox if one.subject.startswith("To credit")]
    assert len([one for one in asked if one.to == [finance.email]]) == Invoice.objects.filter(status="ISSUED").count() > 0
    assert {one.to[0] for one in asked} == {person.email for person in people_with_role(Role.FINANCE)}


def test_a_school_waives_nothing(booked):
    cancel(booked, at=notice_of(1))

    with pytest.raises(PermissionDenied):
        waive_fee(day=Day.objects.get(), by=booked.head, at=SOON, reason="Please")


@pytest.mark.parametrize(("designation", "price", "versions"), [("SLE", "350.00", 0), ("NLE", "350.00", 0), ("LLE", "300.00", 1)])
def test_a_substitute_never_costs_the_school_more_and_makes_no_quote_that_nobody_uses(designation, price, versions):
    make_rate(550, 275, 470, 235, designation="NLE")
    make_rate(300, 150, 250, 125, designation="LLE")
    booking = Booking(conductors=())
    booking.book()
    other, quoted = make_leader(designation), Quote.objects.count()

    substitute_leader(assignment=booking.day.assignments.get(), leader=other, by=booking.lead, at=SOON, reason="Ill")

    assert (price_of(booking.day), Quote.objects.count() - quoted) == (Decimal(price), versions)
    assert set(HalfDay.objects.values_list("leader", flat=True)) == {other.pk}


@pytest.mark.parametrize("who", ["of the school itself", "with an interest", "without the designation", "of the school’s trust"])
def test_a_leader_who_does_not_fit_is_refused_with_the_cause(booked, who):
    from health_checks.actions.propose_leader import LeaderDoesNotFit

    booked.school.trust = "Invented Trust"
    booked.school.save()
    other = {
        "of the school itself": lambda: make_leader(supporting_school=booked.school),
        "with an interest": make_leader,
        "without the designation": lambda: make_leader("NLG"),
        "of the school’s trust": lambda: make_leader(supporting_school=make_school(trust="Invented Trust")),
    }[who]()
    if who == "with an interest":
        DeclaredInterestFactory(leader=other, school=booked.school)

    with pytest.raises(LeaderDoesNotFit):
        substitute_leader(assignment=booked.day.assignments.get(), leader=other, by=booked.lead, at=SOON, reason="Ill")

    assert HalfDay.objects.filter(leader=booked.leader).count() == 2


def test_another_school_moves_and_cancels_nothing(booked):
    stranger = make_head(make_school())

    for act in (
        lambda: cancel(booked, at=SOON, by=stranger),
        lambda: reschedule_day(day=booked.day, to=FIRST + timedelta(weeks=1), by=stranger, at=SOON, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_every_move_of_a_day_is_listed_once():
    pairs = [(move.source, move.target) for move in DAY_MOVES]

    assert len(pairs) == len(set(pairs))

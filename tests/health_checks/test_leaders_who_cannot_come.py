"""A leader who is gone, or says “I cannot come”: the day stays the school's, and staff are asked for somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.actions.declare_interest import declare_interest
from cases.turns import synchronise_turns
from diary.models import HalfDay, LeaderYear
from finance.models import Invoice
from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.come_after_all import come_after_all
from health_checks.actions.end_day_early import end_day_early
from health_checks.actions.hand_over_day import hand_over_day
from health_checks.actions.propose_leader import LeaderDoesNotFit
from health_checks.actions.save_record import save_record
from health_checks.actions.say_cannot_come import say_cannot_come
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.actions.sign_record import sign_record
from health_checks.actions.start_day import start_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.enums import DayState, SeriesState
from health_checks.models import Assignment, RecordText
from health_checks.policies import NotNow
from health_checks.pricing import price_of
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.alliance import SchoolRoleFactory
from tests.factories.health_checks import FIRST, Booking, at_day, make_leader
from tests.factories.people import make_head, make_school

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)


def turns(booking: Booking) -> set[str]:
    """What is asked of staff, after the job that keeps turns true."""
    case = booking.fresh().case
    synchronise_turns(case, at=SOON)
    return set(case.turns.open().filter(side="ALLIANCE").values_list("sentence", flat=True))


def put_off(booking: Booking, how: str) -> None:
    leader = booking.leader
    if how == "account off":
        leader.user.is_active = False
        leader.user.save()
    elif how == "leads no more":
        leader.is_active = False
        leader.save()
    else:
        held = leader.designations.get()
        held.ends_on = FIRST - timedelta(days=1)
        held.save()


@pytest.fixture
def booked() -> Booking:
    booking = Booking()
    booking.book()
    return booking


@pytest.fixture
def begun() -> Booking:
    booking = Booking()
    booking.start()
    booking.write()
    return booking


HOWS = ("account off", "leads no more", "designation ended")
SUBSTITUTE = "Name a substitute for %(leader)s on %(day)s"


@pytest.mark.parametrize("how", HOWS)
def test_a_booked_day_whose_leader_is_gone_asks_staff_for_a_substitute(booked, how):
    before = turns(booked)
    put_off(booked, how)

    gone = turns(booked)
    of_leader = booked.fresh().case.turns.open().filter(side="PERSON").count()
    substitute_leader(assignment=booked.day.assignments.get(), leader=make_leader(), by=booked.lead, at=SOON, reason="Left")

    assert (SUBSTITUTE in before, SUBSTITUTE in gone, of_leader, SUBSTITUTE in turns(booked)) == (False, True, 0, False)


@pytest.mark.parametrize("tie", ["interest", "role"])
def test_a_tie_to_the_school_since_the_booking_asks_staff_for_a_substitute(booked, tie):
    if tie == "interest":
        declare_interest(leader=booked.leader, school=booked.school, reason="My sister starts there.", by=booked.leader.user, at=SOON)
    else:
        SchoolRoleFactory(user=booked.leader.user, school=booked.school)

    asked = turns(booked)

    assert (SUBSTITUTE in asked, booked.fresh().case.turns.open().filter(side="PERSON").count()) == (True, 0)


def test_a_leader_who_declared_a_tie_neither_agrees_the_brief_nor_begins_the_day(time_machine):
    booking = Booking()
    booking.ready()
    declare_interest(leader=booking.leader, school=booking.school, reason="My sister starts there.", by=booking.leader.user, at=SOON)
    time_machine.move_to(at_day(FIRST))

    with pytest.raises(NotNow, match="You have a tie"):
        start_day(day=booking.day, by=booking.leader.user, at=at_day(FIRST))

    assert booking.day.state == DayState.READY


def test_a_tie_that_is_declared_once_the_day_has_begun_leaves_its_record_with_the_leader(begun):
    declare_interest(leader=begun.leader, school=begun.school, reason="My sister starts there.", by=begun.leader.user, at=SOON)

    turns(begun)

    assert begun.fresh().case.turns.open().filter(side="PERSON", person=begun.leader.user).count() == 1


@pytest.mark.parametrize("how", HOWS)
def test_a_day_that_began_and_whose_leader_is_gone_asks_staff_to_hand_it_over_or_end_it(begun, how):
    put_off(begun, how)

    assert turns(begun) == {"Hand over the day of %(day)s, or end it: its leader can no longer finish it"}


def test_a_substitute_finishes_the_record_and_the_school_of_the_first_is_paid(begun):
    first, other = begun.day.assignments.get(), make_leader()
    put_off(begun, "account off")

    new = hand_over_day(assignment=first, leader=other, by=begun.lead, at=at_day(FIRST, 16), reason="Left the alliance")
    day = begun.day
    brief = day.briefs.first()
    save_record(
        day=day, revision=1, verdicts={row["id"]: {"verdict": "PARTLY"} for row in brief.statements},
        outcomes={row["id"]: {"met": "MET"} for row in brief.outcomes}, texts={"evidence": "Books", "next_steps": "Train"},
        by=other.user, at=at_day(FIRST, 17),
    )  # fmt: skip
    sign_record(day=day, revision=2, names_no_pupil=True, by=other.user, at=at_day(FIRST, 18))
    sign_off_day(day=begun.day, sha256=begun.day.record.sha256, comment="", by=begun.head, at=at_day(FIRST, 19))

    assert (new.finishes_for, begun.day.record.signed_by, price_of(begun.day)) == (first, other.user, 350)
    assert set(HalfDay.objects.values_list("leader", flat=True)) == {begun.leader.pk}
    paid = Invoice.objects.exclude(purpose="CHARGE").values_list("issuer_name", flat=True)
    assert list(paid) == [first.supporting_school.name]
    assert begun.leader.user.get_full_name() in Invoice.objects.get(purpose="CHARGE").lines.get().description


def test_a_day_is_handed_over_to_nobody_whom_something_bars(begun):
    with pytest.raises(LeaderDoesNotFit):
        hand_over_day(
            assignment=begun.day.assignments.get(),
            leader=make_leader(supporting_school=begun.school),
            by=begun.lead,
            at=at_day(FIRST),
            reason="x",
        )

    assert begun.day.assignments.get().leader == begun.leader


@pytest.mark.parametrize("who", ["head", "leader", "stranger"])
def test_staff_alone_hand_a_day_over_and_end_it(begun, who):
    person = {"head": begun.head, "leader": begun.leader.user, "stranger": make_head(make_school())}[who]

    with pytest.raises(PermissionDenied):
        hand_over_day(assignment=begun.day.assignments.get(), leader=make_leader(), by=person, at=at_day(FIRST), reason="x")
    with pytest.raises(PermissionDenied):
        end_day_early(day=begun.day, percent=0, fee_reason="x", by=person, at=at_day(FIRST), reason="x")


def test_a_day_that_did_not_begin_is_not_handed_over(booked):
    with pytest.raises(NotNow):
        hand_over_day(assignment=booked.day.assignments.get(), leader=make_leader(), by=booked.lead, at=SOON, reason="x")


@pytest.mark.parametrize(("percent", "fee"), [(0, "0.00"), (50, "175.00"), (100, "350.00")])
def test_staff_end_a_day_that_nobody_finishes_and_decide_on_its_fee(begun, percent, fee):
    end_day_early(day=begun.day, percent=percent, fee_reason="Half was seen", by=begun.lead, at=at_day(FIRST, 16), reason="Left")

    day = begun.day
    charged = [str(one.net) for one in Invoice.objects.filter(purpose="CHARGE")]
    assert (day.state, str(day.fee_due), day.note, day.fee_reason) == (DayState.ENDED_EARLY, fee, "Left", "Half was seen")
    assert charged == ([fee] if percent else [])
    assert (RecordText.objects.get().evidence, day.record.signed_at, day.record.sha256) == ("Books of three classes", None, "")
    assert begun.fresh().state == SeriesState.COMPLETED


@pytest.mark.parametrize(("percent", "reason", "fee_reason"), [(0, " ", "x"), (0, "x", " "), (101, "x", "x"), (-1, "x", "x")])
def test_ending_a_day_needs_both_reasons_and_a_part_of_the_price(begun, percent, reason, fee_reason):
    with pytest.raises(ValidationError):
        end_day_early(day=begun.day, percent=percent, fee_reason=fee_reason, by=begun.lead, at=at_day(FIRST, 16), reason=reason)

    assert begun.day.state == DayState.IN_PROGRESS


def test_a_leader_who_cannot_come_asks_staff_and_frees_nothing(booked):
    day = booked.day
    say_cannot_come(assignment=day.assignments.get(), by=booked.leader.user, at=SOON, reason="An operation")

    told = [one for one in OutboxMessage.objects.filter(recipient=booked.lead) if "cannot come" in one.details["sentence"]]
    public = [f"{event.sentence} {event.reason}" for event in booked.fresh().case.events.all() if event.is_public]
    assert (booked.day.state, HalfDay.objects.count(), LeaderYear.objects.get(leader=booked.leader).taken) == (DayState.CONFIRMED, 2, 2)
    assert (len(told), SUBSTITUTE in turns(booked)) == (1, True)
    assert [text for text in public if "An operation" in text] == []
    assert booked.fresh().case.turns.open().filter(side="PERSON").count() == 0


def test_naming_the_substitute_frees_who_cannot_come(booked):
    other = make_leader()
    say_cannot_come(assignment=booked.day.assignments.get(), by=booked.leader.user, at=SOON, reason="Ill")
    substitute_leader(assignment=booked.day.assignments.get(), leader=other, by=booked.lead, at=SOON, reason="Ill")

    assert set(HalfDay.objects.values_list("leader", flat=True)) == {other.pk}


@pytest.mark.parametrize("who", ["leader", "lead"])
def test_a_leader_can_come_after_all(booked, who):
    say_cannot_come(assignment=booked.day.assignments.get(), by=booked.leader.user, at=SOON, reason="Ill")
    come_after_all(assignment=booked.day.assignments.get(), by=booked.leader.user if who == "leader" else booked.lead, at=SOON)

    assert (booked.day.assignments.get().cannot_come_at, SUBSTITUTE in turns(booked), HalfDay.objects.count()) == (None, False, 2)


def test_who_cannot_come_agrees_to_no_brief(booked):
    booked.brief()
    say_cannot_come(assignment=booked.day.assignments.get(), by=booked.leader.user, at=SOON, reason="Ill")

    with pytest.raises(NotNow, match="say so first"):
        agree_brief(day=booked.day, version=2, by=booked.leader.user, at=SOON)


@pytest.mark.parametrize("who", ["head", "lead", "other leader"])
def test_nobody_else_says_that_a_leader_cannot_come(booked, who):
    person = {"head": booked.head, "lead": booked.lead, "other leader": make_leader().user}[who]

    with pytest.raises(PermissionDenied):
        say_cannot_come(assignment=booked.day.assignments.get(), by=person, at=SOON, reason="x")

    assert Assignment.objects.get().cannot_come_at is None


def test_that_a_leader_cannot_come_needs_a_reason(booked):
    with pytest.raises(ValidationError):
        say_cannot_come(assignment=booked.day.assignments.get(), by=booked.leader.user, at=SOON, reason=" ")

"""Days in people's calendars: a stable entry that follows every change, for those whose it is."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from diary.actions.make_calendar_feed import make_calendar_feed
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.enums import Cause
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking, make_leader
from tests.factories.people import make_head, make_school

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON)


def feed_of(person) -> list[tuple[str, int, str, str]]:
    """(uid, sequence, status, day) of every event."""
    token = make_calendar_feed(subject=person, by=person, at=NOON)
    content = Client().get(reverse("calendar_feed", args=[token])).content
    return [
        (str(event["uid"]), int(event["sequence"]), str(event["status"]), event.decoded("dtstart").date().isoformat())
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]


def test_the_entry_keeps_its_uid_over_move_and_cancellation_and_its_sequence_rises():
    booking = Booking()
    booking.book()
    states = [feed_of(booking.head)]
    reschedule_day(day=booking.day, to=FIRST + timedelta(weeks=1), by=booking.head, at=SOON, reason="An inspection")
    states.append(feed_of(booking.head))
    cancel_day(day=booking.day, caused_by=Cause.ALLIANCE, fee_shown=0, by=booking.lead, at=SOON, reason="Ill")
    states.append(feed_of(booking.head))

    assert [len(state) for state in states] == [1, 1, 1]
    (first,), (second,), (third,) = states
    assert len({first[0], second[0], third[0]}) == 1
    assert first[1] < second[1] < third[1]
    assert [one[2:] for one in (first, second, third)] == [
        ("CONFIRMED", FIRST.isoformat()), ("CONFIRMED", "2027-01-20"), ("CANCELLED", "2027-01-20"),
    ]  # fmt: skip


def test_school_and_leader_see_the_day_and_nobody_else():
    booking = Booking()
    booking.book()
    other = make_head(make_school())

    assert [len(feed_of(person)) for person in (booking.head, booking.leader.user, other, make_leader().user, booking.lead)] == [
        1,
        1,
        0,
        0,
        0,
    ]


def test_a_leader_who_was_replaced_has_the_day_no_more():
    booking = Booking()
    booking.book()
    other = make_leader()
    before = booking.leader.user
    substitute_leader(assignment=booking.day.assignments.get(), leader=other, by=booking.lead, at=SOON, reason="Ill")

    assert (feed_of(before), len(feed_of(other.user))) == ([], 1)


def test_what_is_only_held_or_quoted_is_in_no_calendar():
    booking = Booking()
    booking.quote()

    assert feed_of(booking.leader.user) == []

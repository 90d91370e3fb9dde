"""Reminders of health check days, and the invitations that mail programs put into calendars (A1, mission row H6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import icalendar
import pytest
from django.core import mail
from wagtail.models import Site

from common.actions import Actor
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.give_feedback import give_feedback
from health_checks.actions.remind_of_days import remind_of_days
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.enums import Cause
from health_checks.models import HealthCheckSettings
from health_checks.telling import INVITATION, REMINDER
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking, at_day, make_leader

pytestmark = pytest.mark.django_db


def remind_on(day: date) -> int:
    return remind_of_days(by=Actor.job("reminders"), at=at_day(day))


def mails_about(word: str) -> list:
    return [message for message in mail.outbox if word in message.subject]


def calendar_in(message) -> tuple[str, icalendar.Event]:
    """How the entry is meant, and the entry: read back from the mail as it went over the wire."""
    part = next(part for part in message.message().walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["method"]
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


def test_everybody_of_a_day_is_reminded_a_week_and_a_day_before_and_once():
    booking = Booking()
    booking.book()

    numbers = [remind_on(FIRST - timedelta(days=ahead)) for ahead in (8, 7, 7, 6, 2, 1, 1, 0)]

    assert numbers == [0, 2, 0, 0, 0, 2, 0, 0]
    deliver_due_messages(at_day(FIRST - timedelta(days=1), hour=10))
    reminders = mails_about("Reminder")
    assert {one.to[0] for one in reminders} == {booking.head.email, booking.leader.user.email}
    assert "Wednesday 13 January 2027" in reminders[0].body
    assert f"Reference: {booking.series.case.reference}" in reminders[0].body


@pytest.mark.parametrize(("ran", "reminded"), [(3, 2), (2, 2), (0, 2)])
def test_a_reminder_of_a_day_when_the_job_was_down_goes_out_on_its_next_run(ran, reminded):
    booking = Booking()
    booking.book()

    assert remind_on(FIRST - timedelta(days=ran)) == reminded


def test_a_day_booked_within_its_last_week_has_no_reminder_of_a_week():
    HealthCheckSettings.objects.create(site=Site.objects.get(), earliest_start=1)
    booking = Booking(dates=[NOON.date() + timedelta(days=5)])
    booking.book()

    assert (remind_on(NOON.date() + timedelta(days=1)), remind_on(NOON.date() + timedelta(days=4))) == (0, 2)


def test_a_day_cancelled_meanwhile_is_not_reminded_of():
    booking = Booking()
    booking.book()
    remind_on(FIRST - timedelta(days=7))

    cancel_day(
        day=booking.day,
        by=booking.head,
        at=at_day(FIRST - timedelta(days=7), hour=8),
        caused_by=Cause.SCHOOL,
        fee_shown=Decimal("175.00"),
        reason="Snow.",
    )
    deliver_due_messages(at_day(FIRST - timedelta(days=7), hour=10))

    assert mails_about("Reminder") == []
    assert remind_on(FIRST - timedelta(days=1)) == 0


def test_the_school_is_asked_how_it_was_until_it_tells():
    booking = Booking()
    booking.sign_off()
    day = booking.series.days.get()

    assert remind_on(FIRST + timedelta(days=2)) == 1
    message = OutboxMessage.objects.get(kind=REMINDER, recipient=booking.head)
    give_feedback(day=day, usefulness=5, text="", by=booking.head, at=at_day(FIRST + timedelta(days=2), hour=10))
    deliver_due_messages(at_day(FIRST + timedelta(days=2), hour=11))

    message.refresh_from_db()
    assert (message.sent_at, message.last_error) == (None, "No longer wanted")
    assert remind_on(FIRST + timedelta(days=3)) == 0


def test_an_invitation_is_one_that_mail_programs_put_into_the_calendar():
    booking = Booking()
    booking.book()

    deliver_due_messages(NOON + timedelta(hours=2))

    invited = {one.to[0]: calendar_in(one) for one in mails_about("Health check on")}
    assert set(invited) == {booking.head.email, booking.leader.user.email}
    method, event = invited[booking.head.email]
    assert (method, event["status"], event["attendee"]) == ("REQUEST", "CONFIRMED", f"mailto:{booking.head.email}")
    assert event["organizer"].startswith("mailto:")


def test_a_replaced_leader_gets_the_day_as_cancelled_also_where_the_first_invitation_has_not_left():
    booking = Booking()
    booking.book()
    substitute = make_leader()

    substitute_leader(
        assignment=booking.day.assignments.standing().get(), leader=substitute, by=booking.lead, at=NOON + timedelta(hours=2), reason="Ill."
    )
    deliver_due_messages(NOON + timedelta(hours=3))

    to = {one.to[0]: calendar_in(one)[0] for one in mail.outbox if one.attachments}
    assert to == {booking.head.email: "REQUEST", substitute.user.email: "REQUEST", booking.leader.user.email: "CANCEL"}


def test_a_cancelled_day_leaves_the_calendar_under_the_same_name():
    booking = Booking()
    booking.book()
    deliver_due_messages(NOON + timedelta(hours=2))
    first = calendar_in(mails_about("Health check on")[0])[1]
    mail.outbox.clear()

    cancel_day(day=booking.day, by=booking.head, at=NOON + timedelta(hours=3), caused_by=Cause.SCHOOL, fee_shown=Decimal(0), reason="Snow.")
    deliver_due_messages(NOON + timedelta(hours=4))

    method, event = calendar_in(mails_about("No health check on")[0])
    assert (method, event["status"], event["uid"]) == ("CANCEL", "CANCELLED", first["uid"])
    assert event["sequence"] > first["sequence"]
    assert OutboxMessage.objects.filter(kind=INVITATION, sent_at=None).count() == 0

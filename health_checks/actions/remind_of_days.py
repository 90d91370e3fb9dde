from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from alliance.models import User
from alliance.working_days import last_day_with_notice
from common.actions import By, action
from health_checks.enums import COMING, DayState
from health_checks.models import Day, HealthCheckSettings
from health_checks.policies import lock_day
from health_checks.signing import handed_over_on
from health_checks.telling import REMINDER, Reminder, heads_of, people_of, people_who_book
from outbox.actions.write_message import write_message
from outbox.models import OutboxMessage

A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
ASKED_FOR = timedelta(days=14)
"""How long after the sign-off a school is asked how useful the day was, from the day after it."""


def remind_of_days(*, by: By, at: datetime) -> int:
    """
    Remind of booked days, a week and a day before, and the head of a record that waits for a signature; ask the school after a day that
    was signed off. Returns how many messages.

    Each is sent once, and on the next run where the job did not run on its day: that of a week until two days before, that of
    a day on the morning itself. A day that was booked within its last week has no reminder of a week.
    """
    today = timezone.localdate(at)
    return sum(_remind(day=day, reminder=reminder, by=by, at=at) for day, reminder in [*_coming(today), *_unsigned(today), *_over(today)])


def _coming(today: date) -> list[tuple[Day, Reminder]]:
    days = Day.objects.filter(state__in=COMING, date__range=(today, today + A_WEEK)).select_related("series").order_by("pk")
    tomorrow = [(day, Reminder.A_DAY) for day in days if day.date <= today + A_DAY]
    later = [(day, Reminder.A_WEEK) for day in days if day.date > today + A_DAY and _booked_on(day) <= day.date - A_WEEK]
    return [*tomorrow, *later]


def _booked_on(day: Day) -> date:
    return timezone.localdate(day.series.accepted_at or day.series.requested_at)


def _unsigned(today: date) -> list[tuple[Day, Reminder]]:
    settings = HealthCheckSettings.current()
    first, second = (last_day_with_notice(today, after) for after in (settings.first_signing_reminder, settings.second_signing_reminder))
    waiting = [
        (day, handed_over_on(day.record)) for day in Day.objects.filter(state=DayState.DELIVERED).select_related("record").order_by("pk")
    ]
    return [(day, Reminder.SIGN_IT_STILL if since <= second else Reminder.SIGN_IT) for day, since in waiting if since <= first]


def _over(today: date) -> list[tuple[Day, Reminder]]:
    signed = (today - ASKED_FOR, today - A_DAY)
    days = Day.objects.filter(state=DayState.SIGNED_OFF, feedback=None, record__school_signed_at__date__range=signed)
    return [(day, Reminder.FEEDBACK) for day in days.order_by("pk")]


@action
def _remind(*, day: Day, reminder: Reminder, by: By, at: datetime) -> int:
    """Once for each person, day and reminder, however often the job runs."""
    day = lock_day(day)
    number = 0
    for person in _people(day, reminder, timezone.localdate(at)):
        sent = OutboxMessage.objects.filter(kind=REMINDER, recipient=person, about_id=str(day.pk), details__reminder=reminder)
        if not sent.exists() and write_message(kind=REMINDER, about=day, at=at, to=person, reminder=reminder):
            number += 1
    return number


def _people(day: Day, reminder: Reminder, today: date) -> list[User]:
    """Of a signature the head is reminded, of feedback the school, of a day that comes everybody."""
    school = day.series.case.supported_school
    if reminder in (Reminder.SIGN_IT, Reminder.SIGN_IT_STILL):
        return heads_of(school, today)
    return people_who_book(school, today) if reminder == Reminder.FEEDBACK else people_of(day, today)

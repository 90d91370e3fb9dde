"""Entries for people's own calendars: what they are made of, and how a file or feed of them is written (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from diary.enums import Half

LONDON = ZoneInfo("Europe/London")
HOURS = {Half.AM: (time(9), time(12)), Half.PM: (time(13), time(16))}
"""When a half day is, for calendars; schools and leaders settle the minutes between them."""
LAST_SUNDAYS_OF_1996 = {3: 31, 10: 27}
PRODUCT = "-//School to school support//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"
NO_ANSWER_WANTED = {"RSVP": "FALSE", "PARTSTAT": "ACCEPTED"}


@dataclass(frozen=True)
class CalendarEntry:
    """
    One visit or day. `uid` stays the same whatever changes, `sequence` rises with every change, a cancelled one is kept as such.

    `title` and `place` name a school and what is on, never what it is about: phones show them to whoever looks.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    updated_at: datetime
    place: str = ""
    url: str = ""
    is_cancelled: bool = False


def hours_of(day: date, halves: Iterable[Half]) -> tuple[datetime, datetime]:
    """From the start of the first to the end of the last of these halves, in the time of London."""
    ordered = sorted(halves)
    return (
        datetime.combine(day, HOURS[ordered[0]][0], tzinfo=LONDON),
        datetime.combine(day, HOURS[ordered[-1]][1], tzinfo=LONDON),
    )


def calendar_of(entries: Iterable[CalendarEntry], *, name: str = "") -> bytes:
    """
    The entries as one calendar. Of two with one `uid` that has the higher `sequence` counts: a day that was moved is one entry.
    """
    calendar = _empty_calendar("PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    latest: dict[str, CalendarEntry] = {}
    for entry in sorted(entries, key=lambda one: (one.uid, one.sequence)):
        latest[entry.uid] = entry
    for entry in sorted(latest.values(), key=lambda one: (one.starts_at, one.uid)):
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def invitation_of(entry: CalendarEntry, *, organiser: str, invited: str) -> bytes:
    """
    One entry as an invitation by e-mail (iTIP, RFC 5546): a mail program puts it into the calendar of who is invited, puts a later
    one in its place and takes a cancelled one out. Both are e-mail addresses; no answer is asked for.
    """
    calendar = _empty_calendar("CANCEL" if entry.is_cancelled else "REQUEST")
    event = _event(entry)
    event.add("organizer", f"mailto:{organiser}")
    event.add("attendee", f"mailto:{invited}", parameters=NO_ANSWER_WANTED)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _empty_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_london())
    return calendar


def _london() -> Timezone:
    """London's time by its two rules, in force since 1996; lists of single changes are misread by some calendars."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    rules: list[tuple[Any, int, int, int, str]] = [(TimezoneDaylight(), 3, 1, 0, "BST"), (TimezoneStandard(), 10, 2, 1, "GMT")]
    for part, month, hour, before, name in rules:
        part.add("dtstart", datetime(1996, month, LAST_SUNDAYS_OF_1996[month], hour))  # noqa: DTZ001 - a rule starts in local time
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=1 - before))
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.updated_at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", entry.starts_at.astimezone(LONDON))
    event.add("dtend", entry.ends_at.astimezone(LONDON))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    if entry.place:
        event.add("location", entry.place)
    if entry.url:
        event.add("url", entry.url)
    return event


def ics_response(entries: Iterable[CalendarEntry], filename: str) -> HttpResponse:
    """Entries as a download that stays in no cache. The caller has checked the reader."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
    return HttpResponse(calendar_of(entries), content_type=CONTENT_TYPE, headers=headers)

"""Health check days as entries of people's calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.models import School, User
from alliance.queries import schools_of
from diary.calendars import CalendarEntry, hours_of, invitation_of
from health_checks.enums import BEGUN, COMING, DayPart, DayState
from health_checks.models import Assignment, Day
from health_checks.telling import people_of
from outbox.kinds import Attachment

TAKEN_OUT = (DayState.CANCELLED, DayState.RESCHEDULED, DayState.NO_SHOW_SCHOOL, DayState.NO_SHOW_LEADER)
SHOWN = (*COMING, *BEGUN, *TAKEN_OUT)
"""Only what was booked is in a calendar, and stays there when it is cancelled."""


def entry_of(day: Day) -> CalendarEntry:
    """The day as it stands. One that was moved is its successor's: both have one `uid`, and the later `sequence` counts."""
    school = day.series.case.supported_school
    starts_at, ends_at = hours_of(day.date, DayPart(day.part).halves)
    return CalendarEntry(
        uid=f"health-check-{day.calendar_uid}@{settings.SITE_URL.partition('//')[2]}",
        sequence=day.sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        title=_("Health check at %(school)s") % {"school": day.series.case.school_name},
        place=", ".join(part for part in (school.name, school.town, school.postcode) if part) if school else "",
        url=settings.SITE_URL + reverse("portal:case_tab", args=[day.series.case.reference, "days"]),
        updated_at=day.ended_at or day.series.accepted_at or day.series.requested_at,
        is_cancelled=day.state in TAKEN_OUT,
    )


def is_expected(day: Day, person: User | None) -> bool:
    """Whether the day takes place as far as is known, and somebody is still one of its people."""
    return day.state not in TAKEN_OUT and person in people_of(day, timezone.localdate())


def ics_attachment(day: Day, person: User | None, address: str) -> Attachment:
    """The day as an invitation to somebody at an e-mail address; who is no longer one of its people gets it as cancelled."""
    entry = replace(entry_of(day), is_cancelled=not is_expected(day, person))
    content = invitation_of(entry, organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], invited=address)
    method = "CANCEL" if entry.is_cancelled else "REQUEST"
    return Attachment(f"health-check-{day.date.isoformat()}.ics", content, f"text/calendar; method={method}")


def entries(user: User | None, school: School | None, first: date, **kwargs: Any) -> list[CalendarEntry]:
    """Days that somebody conducts or conducted, and those of the schools they book for; or all days of one school."""
    days = Day.objects.filter(state__in=SHOWN, date__gte=first, series__accepted_at__isnull=False)
    if user is not None:
        led = Assignment.objects.filter(Q(ended_at=None) | Q(day__state__in=(DayState.CANCELLED, DayState.RESCHEDULED)), leader__user=user)
        days = days.filter(
            Q(pk__in=led.values("day")) | Q(series__case__supported_school__in=schools_of(user, timezone.localdate(), Power.BOOK))
        )
    else:
        days = days.filter(series__case__supported_school=school)
    return [entry_of(day) for day in days.select_related("series__case__supported_school")]

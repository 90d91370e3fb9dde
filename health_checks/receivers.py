"""What happens on a case moves its booking: inside the same transaction, or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from alliance.models import User
from cases import signals
from cases.enums import PublicStatus
from cases.models import Case
from common.actions import Actor, By, current_actor
from common.personal_data import ERASED, empty_record, erase_senders
from diary.enums import SourceKind
from diary.models import HalfDay
from diary.signals import calendar_entries_wanted
from health_checks.actions.expire_quotes import release_days
from health_checks.calendar import entries
from health_checks.enums import BEFORE_BOOKED, DayState, SeriesState
from health_checks.models import Assignment, Series
from health_checks.moves import move_series
from health_checks.permissions import books_for, is_staff_for
from health_checks.policies import lock_series
from health_checks.turns import turns_of

ENDINGS = {
    PublicStatus.DECLINED: SeriesState.DECLINED,
    PublicStatus.REFERRED: SeriesState.DECLINED,
    PublicStatus.WITHDRAWN: SeriesState.WITHDRAWN,
}

MOVED = (DayState.RESCHEDULED, DayState.SKIPPED)
"""The leaders of a day that was moved are those of its successor."""


def connect() -> None:
    signals.case_closed.connect(end_series)
    signals.endings_wanted.connect(endings_listed)
    signals.turns_wanted.connect(turns_of)
    signals.looked_at_wanted.connect(cases_of_leaders)
    signals.became_more_wanted.connect(booked_cases)
    signals.case_anonymised.connect(forget_booking)
    calendar_entries_wanted.connect(entries)


def end_series(case: Case, at: datetime, reason: str, **kwargs: Any) -> None:
    """A case that ends takes its booking with it, and gives back what was held. One whose days said so first has ended already."""
    series = Series.objects.filter(case=case).first()
    if series is None or series.state not in BEFORE_BOOKED:
        return
    series = lock_series(series)
    actor = current_actor()
    release_days(series, by=actor, at=at, reason=reason, to=DayState.CANCELLED)
    move_series(series, ENDINGS[PublicStatus(case.public_status)], by=actor, at=at, reason=reason, as_system=True)


def endings_listed(case: Case, by: By, **kwargs: Any) -> set[PublicStatus] | None:
    """Before it is booked the school may withdraw and the alliance decline; booked days are cancelled one by one, with their fees."""
    series = Series.objects.select_related("case__supported_school").filter(case=case).first()
    if series is None:
        return None
    if series.state not in BEFORE_BOOKED:
        return set()
    actor = Actor.of(by)
    if actor.user is None:
        return {PublicStatus.WITHDRAWN}
    found: set[PublicStatus] = set()
    if is_staff_for(actor.user, series):
        found |= {PublicStatus.DECLINED, PublicStatus.REFERRED}
    if books_for(actor.user, series, timezone.localdate()):
        found.add(PublicStatus.WITHDRAWN)
    return found


def booked_cases(**kwargs: Any) -> QuerySet[Any, Any]:
    """Bookings whose quote was accepted are records, however they ended."""
    return Series.objects.filter(accepted_at__isnull=False).order_by().values("case")


def forget_booking(case: Case, **kwargs: Any) -> None:
    """Of a booking that came to nothing the days, the area and the prices stay; what the school wrote of itself and its briefs go."""
    series = Series.objects.filter(case=case).first()
    if series is None:
        return
    empty_record(series, statements=[], access_notes="", po_number="")
    for day in series.days.all():
        empty_record(day, note="")
        erase_senders(HalfDay.history.filter(source_kind=SourceKind.HEALTH_CHECK, source_reference=day.diary_reference))
        for assignment in day.assignments.all():
            empty_record(assignment, reason="", cannot_come_reason="")
        for brief in day.briefs.all():
            empty_record(brief, statements=[], activities=[], outcomes=[], written_by_name=ERASED)


def cases_of_leaders(user: User, on: date, **kwargs: Any) -> QuerySet[Any, Any]:
    """A leader sees how far the bookings are whose days they conduct, and have conducted. Who was taken off a day sees it no more."""
    return Assignment.objects.standing().filter(leader__user=user.pk).exclude(day__state__in=MOVED).order_by().values("day__series")

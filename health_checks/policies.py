"""When something may be done, and the rows that are locked while it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alliance.models import User
from cases.policies import lock_case
from common.actions import Refusal
from common.in_words import day_in_words
from health_checks.enums import DayState, SeriesState
from health_checks.leaders_gone import is_barred_since
from health_checks.models import Assignment, Brief, Day, Series


class NotNow(Refusal):
    """The booking or the day is not at a point at which this is done."""


class NotReady(Refusal):
    """Something has to be done first; the message says what."""


class DateIsTaken(Refusal):
    """The school has another health check on that date."""


class BriefChanged(Refusal):
    """Somebody wrote a newer version of the brief meanwhile."""


class RecordChanged(Refusal):
    """Somebody saved the record meanwhile."""


def lock_series(series: Series) -> Series:
    """Read the booking again, locked with its case until the transaction ends: one change at a time."""
    lock_case(series.case)
    found: Series = (
        Series.objects.select_for_update(of=("self",))
        .select_related("case__supported_school", "case__owner", "shown", "offered", "quote", "wanted_leader__user")
        .get(pk=series.pk)
    )
    return found


def lock_day(day: Day) -> Day:
    """Read a day again, with its booking and case locked."""
    series = lock_series(day.series)
    found = Day.objects.select_for_update(of=("self",)).get(pk=day.pk)
    found.series = series
    return found


@contextmanager
def one_day_a_date(day: Day) -> Iterator[None]:
    """
    Around the write that gives a day its date: the database lets a school have one health check on a date, whoever is first.

    Raises `DateIsTaken`.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if not Day.objects.takes_its_date().filter(school=day.school_id, date=day.date).exclude(pk=day.pk).exists():
            raise
        raise DateIsTaken(
            _("The school has another health check on %(day)s. Ask for another date, or leave this one out.")
            % {"day": day_in_words(day.date)}
        ) from clash


def check_series_is(series: Series, *states: SeriesState) -> None:
    if series.state not in states:
        raise NotNow(_("This is not done while the booking is “%(state)s”.") % {"state": series.get_state_display()})


def check_day_is(day: Day, *states: DayState) -> None:
    if day.state not in states:
        raise NotNow(_("This is not done while the day is “%(state)s”.") % {"state": day.get_state_display()})


def check_comes(user: User, day: Day) -> None:
    """Raise `NotNow` for a leader of the day for whom a substitute is being found: who cannot come, or has a tie to the school by now."""
    coming = list(day.assignments.coming().filter(leader__user=user).select_related("leader"))
    if not coming:
        raise NotNow(_("A substitute is being found for you. If you can come after all, say so first."))
    for assignment in coming:
        assignment.day = day
    if all(is_barred_since(assignment) for assignment in coming):
        raise NotNow(_("You have a tie to this school, so a substitute is being found for you. Ask the alliance if that is not so."))


def lock_assignment(assignment: Assignment) -> Assignment:
    """Read who conducts a day again, with day, booking and case locked. Raises `NotNow` for somebody who left the day."""
    day = lock_day(assignment.day)
    found: Assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("leader__user", "finishes_for").get(pk=assignment.pk)
    )
    found.day = day
    if found.ended_at is not None:
        raise NotNow(_("%(leader)s does not conduct this day any more.") % {"leader": found.leader})
    return found


def check_reason(reason: str, *, needed: bool = True) -> None:
    if needed and not reason.strip():
        raise ValidationError({"reason": _("Give a reason.")})


def missing_in(brief: Brief | None) -> list[str]:
    """What a brief lacks before both sides can agree to it (H4), in words."""
    if brief is None:
        return [_("The brief is not written yet.")]
    lacks = [
        (brief.area.strip(), _("The brief names no area of improvement.")),
        (any(text.strip() for text in brief.activities), _("The brief has no activity.")),
        (any(outcome["text"].strip() for outcome in brief.outcomes), _("The brief has no outcome.")),
    ]
    return [sentence for found, sentence in lacks if not found]

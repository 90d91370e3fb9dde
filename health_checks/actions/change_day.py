from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.working_days import add_working_days
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_in_words, day_to_keep
from diary.terms import closed_because
from finance.actions.make_quote import make_quote
from finance.models import QuoteLine
from health_checks.actions.skip_day import CHANGEABLE
from health_checks.actions.withdraw_leader import end_assignment
from health_checks.dates import BOOKED_AHEAD
from health_checks.enums import DayPart, DayState
from health_checks.models import Day, HealthCheckSettings
from health_checks.models.series import QUOTE_KIND
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_series_is, lock_day
from health_checks.pricing import DayWanted, buyer_of, lines_shown
from health_checks.transitions import Mover


@action
def change_day(*, day: Day, to: date, by: By, at: datetime, reason: str = "") -> Day:
    """
    Give another date to a day that is not quoted yet, for example one left out because of a clash: it is asked for again.

    Whoever was held for it is free again. Raises `PermissionDenied`, `NotNow`, and `ValidationError` for a date that cannot be.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.SCHOOL_OR_STAFF, day.series, timezone.localdate(at), day)
    check_series_is(day.series, *CHANGEABLE)
    check_day_is(day, DayState.PROPOSED, DayState.HELD, DayState.SKIPPED)
    check_date_can_be(day, to, at=at)
    for assignment in day.assignments.standing().order_by("leader"):
        end_assignment(assignment, by=user, at=at, reason=reason)
    before, day.date = day.date, to
    if day.state == DayState.PROPOSED:
        day.save()
    else:
        move_day(day, DayState.PROPOSED, by=by, at=at, as_system=True)
    day.shown_line = price_shown(day, by=by, at=at)
    day.save()
    record_event(
        day.series.case, N_("The day on %(before)s is asked for on %(after)s instead."), by=by, at=at, reason=reason, public=True,
        before=day_to_keep(before), after=day_to_keep(to),
    )  # fmt: skip
    synchronise_turns(day.series.case, at=at)
    return day


def check_date_can_be(day: Day, to: date, *, at: datetime) -> None:
    """Raise `ValidationError` for a date that is too near or too far ahead, on which the school is closed, or has a health check."""
    earliest = add_working_days(timezone.localdate(at), HealthCheckSettings.current().earliest_start)
    latest = timezone.localdate(at) + BOOKED_AHEAD
    if not earliest <= to <= latest:
        words = {"first": day_in_words(earliest), "last": day_in_words(latest)}
        raise ValidationError({"date": _("Choose a date from %(first)s to %(last)s.") % words})
    school = day.series.case.supported_school
    if school and (closed := closed_because(school, [to])):
        raise ValidationError({"date": closed[to]})
    others = Day.objects.takes_its_date().filter(series__case__supported_school=school, date=to) | day.series.days.wanted().filter(date=to)
    if others.exclude(pk=day.pk).exists():
        raise ValidationError({"date": _("Your school has a health check on this day already.")})


def price_shown(day: Day, *, by: By, at: datetime) -> QuoteLine:
    """The price of a day on its date, frozen as a version of the booking's quote, as the first request froze it."""
    series = day.series
    quote = make_quote(
        source_kind=QUOTE_KIND,
        source_reference=series.case.reference,
        lines=lines_shown([DayWanted(day.date, DayPart(day.part))], _reckoned_with(day)),
        on=day.date,
        buyer=buyer_of(series.case.supported_school),
        cancellation_policy=series.shown.cancellation_policy if series.shown else None,
        by=by,
        at=at,
    )
    line: QuoteLine = quote.lines.get()
    return line


def _reckoned_with(day: Day) -> list[str]:
    """The designation that the prices of the booking were shown by, so that another date alone makes no day dearer."""
    shown = day.shown_line or (day.series.shown.lines.order_by("position").first() if day.series.shown else None)
    return [shown.designation] if shown else day.series.wanted_designations

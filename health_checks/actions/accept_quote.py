from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, Refusal, action
from common.in_words import day_in_words
from diary.actions.confirm_halves import confirm_halves
from diary.enums import SourceKind
from health_checks.actions.send_quote import assignments_to_quote, check_no_day_is_near
from health_checks.enums import DayState, SeriesState
from health_checks.models import Day, Series
from health_checks.moves import move_day, move_series
from health_checks.policies import check_series_is, lock_series
from health_checks.telling import NEWS, invite, leaders_of, staff_of, tell


class QuoteChanged(Refusal):
    """Another version was sent meanwhile."""


class QuoteExpired(Refusal):
    """The quote's last day is past."""


@action
def accept_quote(*, series: Series, version: int, by: By, at: datetime, po_number: str = "") -> Series:
    """
    Book: the school accepts that very version of the quote before it expires (H6). The leaders' half days become firm.

    Raises `PermissionDenied` unless by somebody who may book for the school, `NotNow`, `QuoteChanged`, `QuoteExpired`, and the
    diary's `HalfTaken` where a hold lapsed and somebody else came first.
    """
    series = lock_series(series)
    check_series_is(series, SeriesState.QUOTED)
    offered = series.offered
    if offered is None or offered.version != version:
        raise QuoteChanged(_("The quote was replaced by a newer one. Look at it before you accept."))
    if series.quote_expires_on is None or timezone.localdate(at) > series.quote_expires_on:
        raise QuoteExpired(_("The quote could be accepted until %(day)s. The alliance will send a new one.") % {"day": _last(series)})
    check_no_day_is_near(series, at)
    move_series(
        series, SeriesState.CONFIRMED, by=by, at=at, quote=offered, accepted_at=at, accepted_by=Actor.of(by).user,
        po_number=po_number or series.po_number,
    )  # fmt: skip
    assignments = assignments_to_quote(series)
    for assignment in sorted(assignments, key=lambda one: (one.leader_id, one.day.date)):
        confirm_halves(
            leader=assignment.leader,
            halves=assignment.day.halves,
            kind=SourceKind.HEALTH_CHECK,
            reference=assignment.day.diary_reference,
            by=by,
            at=at,
        )
    days = list(Day.objects.filter(series=series, state=DayState.HELD))
    for day in days:
        day.series = series
        move_day(day, DayState.CONFIRMED, by=by, at=at)
        invite(day, at=at)
    leaders = [person for day in days for person in leaders_of(day)]
    tell(series, leaders, N_("Health check days that you conduct are booked. Agree the brief of each with the school."), at=at)
    sentence = N_("The school accepted quote %(version)d. The days are booked.")
    record_event(series.case, sentence, by=by, at=at, public=True, version=offered.version)
    tell(series, staff_of(series), N_("A school accepted its quote for health check days."), at=at, kind=NEWS)
    synchronise_turns(series.case, at=at)
    return series


def _last(series: Series) -> str:
    return day_in_words(series.quote_expires_on) if series.quote_expires_on else ""

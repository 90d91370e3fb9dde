"""The only writers of the two states. Each is part of an action that has locked the booking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.end_case import end_case
from cases.enums import PublicStatus
from common.actions import By, IllegalMove
from health_checks.enums import BOOKED, COMING, NOT_HELD, OVER, DayState, SeriesState
from health_checks.models import Day, Series
from health_checks.permissions import check_user_is
from health_checks.policies import check_reason
from health_checks.transitions import Mover, find_day_move, find_series_move

PUBLIC_STATUS = {
    SeriesState.MATCHING: PublicStatus.ARRANGING,
    SeriesState.QUOTED: PublicStatus.QUOTED,
    SeriesState.EXPIRED: PublicStatus.ARRANGING,
    SeriesState.CONFIRMED: PublicStatus.BOOKED,
    SeriesState.IN_PROGRESS: PublicStatus.UNDER_WAY,
}
"""Series state → where the case is, in the school's words. Those that end a case are the case's own to say."""


def move_series(
    series: Series, to: SeriesState, *, by: By, at: datetime, reason: str = "", as_system: bool = False, **values: Any
) -> Series:
    """
    Make one listed move of a booking, and set `values` with it. `as_system` is for what follows from the end of its case.

    Raises `IllegalMove`, `PermissionDenied` for somebody who may not make it, and `ValidationError` without a reason that is needed.
    """
    move = find_series_move(series.state, to)
    if move is None:
        raise IllegalMove(
            _("A booking that is “%(now)s” cannot become “%(then)s”.") % {"now": series.get_state_display(), "then": to.label}
        )
    if move.by is not Mover.SYSTEM and not as_system:
        check_user_is(by, move.by, series, timezone.localdate(at))
    check_reason(reason, needed=move.reason)
    for name, value in values.items():
        setattr(series, name, value)
    series.state, series.state_since = to, at
    series.save()
    status = PUBLIC_STATUS.get(to)
    if status and series.case.public_status != status:
        series.case.public_status = status
        series.case.save()
    return series


def move_day(day: Day, to: DayState, *, by: By, at: datetime, reason: str = "", as_system: bool = False, **values: Any) -> Day:
    """
    Make one listed move of a day, and set `values` with it. `as_system` is for what follows from a move of the whole booking.

    Raises `IllegalMove`, `PermissionDenied` for somebody who may not make it, and `ValidationError` without a reason that is needed.
    """
    move = find_day_move(day.state, to)
    if move is None:
        raise IllegalMove(_("A day that is “%(now)s” cannot become “%(then)s”.") % {"now": day.get_state_display(), "then": to.label})
    if move.by is not Mover.SYSTEM and not as_system:
        check_user_is(by, move.by, day.series, timezone.localdate(at), day)
    check_reason(reason, needed=move.reason)
    for name, value in values.items():
        setattr(day, name, value)
    day.state, day.note = to, reason
    day.save()
    return day


def follow_days(series: Series, *, by: By, at: datetime) -> None:
    """
    Move a booked series on where its days say so: begun, all over, or none held.

    It does not end while the school is owed another date for a day that the alliance or a leader missed.
    """
    if series.state not in BOOKED:
        return
    states = {DayState(state) for state in series.days.values_list("state", flat=True)}
    if states <= set(OVER):
        if series.days.owed_another_date().exists():
            return
        if states <= set(NOT_HELD):
            move_series(series, SeriesState.CANCELLED, by=by, at=at)
            end_case(case=series.case, status=PublicStatus.WITHDRAWN, reason=_("No day was held."), by=by, at=at)
        else:
            move_series(series, SeriesState.COMPLETED, by=by, at=at)
            end_case(case=series.case, status=PublicStatus.COMPLETED, reason=_("Every day is done."), by=by, at=at)
        series.case.refresh_from_db()
    elif series.state == SeriesState.CONFIRMED and states - {*COMING, *NOT_HELD}:
        move_series(series, SeriesState.IN_PROGRESS, by=by, at=at)

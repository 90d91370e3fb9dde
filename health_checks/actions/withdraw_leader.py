from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from diary.actions.release_halves import release_halves
from diary.enums import SourceKind
from health_checks.enums import DayState, SeriesState
from health_checks.models import Assignment
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import check_reason, check_series_is, lock_day
from health_checks.transitions import Mover


@action
def withdraw_leader(*, assignment: Assignment, by: By, at: datetime, reason: str) -> Assignment:
    """
    Take a leader off a day that is not quoted yet, and give the half days back.

    Raises `PermissionDenied` unless by alliance staff, `NotNow`, and `ValidationError` without a reason.
    """
    day = lock_day(assignment.day)
    user = check_user_is(by, Mover.STAFF, day.series, timezone.localdate(at))
    check_series_is(day.series, SeriesState.MATCHING)
    check_reason(reason)
    assignment = end_assignment(assignment, by=by, at=at, reason=reason)
    if day.state == DayState.HELD and not day.assignments.standing().exists():
        move_day(day, DayState.PROPOSED, by=user, at=at)
    record_event(
        day.series.case, N_("%(leader)s is no longer held for %(day)s."), by=by, at=at, reason=reason,
        leader=str(assignment.leader), day=day_to_keep(day.date),
    )  # fmt: skip
    synchronise_turns(day.series.case, at=at)
    return assignment


def end_assignment(assignment: Assignment, *, by: By, at: datetime, reason: str) -> Assignment:
    """A leader leaves a day, and their half days are free again. Part of an action that has locked the day."""
    found: Assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if found.ended_at is None:
        found.ended_at, found.ended_by, found.reason = at, Actor.of(by).user, reason
        found.save()
        release_halves(kind=SourceKind.HEALTH_CHECK, reference=found.day.diary_reference, leader=found.leader, by=by, at=at, reason=reason)
    return found

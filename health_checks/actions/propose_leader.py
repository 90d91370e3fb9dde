from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import SystemLeader
from alliance.working_days import add_working_days
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from common.in_words import day_to_keep
from diary.actions.take_halves import take_halves
from diary.enums import SourceKind
from health_checks.enums import WANTED, DayState, SeriesState
from health_checks.matching import candidates_for
from health_checks.models import Assignment, Day, HealthCheckSettings
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_series_is, lock_day, one_day_a_date
from health_checks.transitions import Mover


class LeaderDoesNotFit(Refusal):
    """Something bars the leader from this day; the message says what."""


@action
def propose_leader(*, day: Day, leader: SystemLeader, designation: str = "", by: By, at: datetime) -> Assignment:
    """
    Put a leader on a day that is not quoted yet, and hold their half days until the hold lapses (H2). Several leaders a day are possible.

    `designation` is what the day is priced by; without one, the first that the school asked for and the leader holds. Raises
    `PermissionDenied`, `NotNow`, `LeaderDoesNotFit`, `DateIsTaken` where another booking of the school has the date, and the diary's
    `HalfTaken` and `AllowanceUsedUp`.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.STAFF, day.series, timezone.localdate(at))
    check_series_is(day.series, SeriesState.MATCHING)
    check_day_is(day, *WANTED)
    assignment = Assignment(
        day=day, leader=leader, designation=fitting_designation(day, leader, designation, at=at),
        supporting_school=leader.supporting_school, proposed_at=at, proposed_by=user,
    )  # fmt: skip
    assignment.save()
    take_halves(
        leader=leader,
        halves=day.halves,
        kind=SourceKind.HEALTH_CHECK,
        reference=day.diary_reference,
        held_until=held_until(at),
        by=by,
        at=at,
    )
    # The leader's year first and then the date, as moving a day does: PostgreSQL would end one of two that go the other way round.
    if day.state == DayState.PROPOSED:
        with one_day_a_date(day):
            move_day(day, DayState.HELD, by=by, at=at)
    record_event(day.series.case, N_("%(leader)s is held for %(day)s."), by=by, at=at, leader=str(leader), day=day_to_keep(day.date))
    synchronise_turns(day.series.case, at=at)
    return assignment


def fitting_designation(day: Day, leader: SystemLeader, designation: str, *, at: datetime) -> str:
    """The designation the leader comes by. Raises `LeaderDoesNotFit` with the cause that stands in the ranking."""
    found = next((one for one in candidates_for(day, at=at) if one.leader.pk == leader.pk), None)
    if found is None:
        raise LeaderDoesNotFit(_("This leader is not available for health check days."))
    if found.causes:
        raise LeaderDoesNotFit(f"{leader}: {' '.join(found.causes)}")
    suiting = [name for name in found.designations if name in day.series.wanted_designations]
    if designation and designation not in suiting:
        raise LeaderDoesNotFit(
            _("%(leader)s does not hold this designation on the day, or the school did not ask for it.") % {"leader": leader}
        )
    return designation or suiting[0]


def held_until(at: datetime, working_days: int | None = None) -> datetime:
    """The end of the last day of a hold: so many working days from now, by the setting unless told otherwise."""
    days = HealthCheckSettings.current().hold_lasts if working_days is None else working_days
    return end_of(add_working_days(timezone.localdate(at), days))


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))

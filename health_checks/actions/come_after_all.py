from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from diary.actions.take_halves import take_halves
from diary.enums import SourceKind
from diary.models import HalfDay
from health_checks.actions.propose_leader import LeaderDoesNotFit
from health_checks.enums import COMING
from health_checks.leaders_gone import fits
from health_checks.models import Assignment
from health_checks.permissions import belongs_to
from health_checks.policies import check_day_is, lock_assignment
from health_checks.telling import staff_of, tell
from health_checks.transitions import Mover


@action
def come_after_all(*, assignment: Assignment, by: By, at: datetime) -> Assignment:
    """
    Take back that a leader cannot come to a booked day; no substitute is asked for any more. Again changes nothing.

    Where the day was moved without the leader, their half days are taken now. Raises `PermissionDenied` unless by that leader or staff,
    `NotNow`, `LeaderDoesNotFit`, and the diary's `HalfTaken` and `AllowanceUsedUp`.
    """
    assignment = lock_assignment(assignment)
    day, user = assignment.day, Actor.of(by).user
    is_leader = user is not None and user.is_active and user == assignment.leader.user
    if not is_leader and not belongs_to(by, Mover.STAFF, day.series, timezone.localdate(at)):
        raise PermissionDenied
    check_day_is(day, *COMING)
    if assignment.cannot_come_at is None:
        return assignment
    _take_again(assignment, by=by, at=at)
    assignment.cannot_come_at = assignment.cannot_come_by = None
    assignment.cannot_come_reason = ""
    assignment.save()
    sentence = N_("%(leader)s can come on %(day)s after all.")
    record_event(day.series.case, sentence, by=by, at=at, leader=str(assignment.leader), day=day_to_keep(day.date))
    tell(day.series, staff_of(day.series), N_("A leader can come to a health check day after all."), at=at, but=user)
    synchronise_turns(day.series.case, at=at)
    return assignment


def _take_again(assignment: Assignment, *, by: By, at: datetime) -> None:
    """Take the half days of a leader who is on the day without them."""
    day, leader = assignment.day, assignment.leader
    if HalfDay.objects.of_source(SourceKind.HEALTH_CHECK, day.diary_reference).filter(leader=leader).exists():
        return
    if not fits(leader, day, on=day.date):
        raise LeaderDoesNotFit(_("%(leader)s can no longer come to this school. Name a substitute.") % {"leader": leader})
    take_halves(leader=leader, halves=day.halves, kind=SourceKind.HEALTH_CHECK, reference=day.diary_reference, by=by, at=at)

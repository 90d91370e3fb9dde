from datetime import datetime

from django.core.exceptions import PermissionDenied

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from health_checks.enums import COMING
from health_checks.models import Assignment
from health_checks.policies import check_day_is, check_reason, lock_assignment
from health_checks.telling import staff_of, tell


@action
def say_cannot_come(*, assignment: Assignment, by: By, at: datetime, reason: str) -> Assignment:
    """
    Say as a leader that one cannot come on a booked day: staff are asked for a substitute.

    The day stays the school's and the half days stay taken until somebody else is named, or staff move or cancel the day. The reason
    is for staff alone; again changes nothing. Raises `PermissionDenied` for anybody else, `NotNow`, and `ValidationError` without a reason.
    """
    assignment = lock_assignment(assignment)
    user = Actor.of(by).user
    if user is None or not user.is_active or user != assignment.leader.user:
        raise PermissionDenied
    day = assignment.day
    check_day_is(day, *COMING)
    check_reason(reason)
    if assignment.cannot_come_at is None:
        assignment.cannot_come_at, assignment.cannot_come_by, assignment.cannot_come_reason = at, user, reason
        assignment.save()
        sentence = N_("%(leader)s cannot come on %(day)s. The day stays booked; a substitute is to be found.")
        record_event(day.series.case, sentence, by=by, at=at, reason=reason, leader=str(assignment.leader), day=day_to_keep(day.date))
        tell(day.series, staff_of(day.series), N_("A leader cannot come to a health check day. Name a substitute."), at=at)
        synchronise_turns(day.series.case, at=at)
    return assignment

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import SystemLeader
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.actions.propose_leader import LeaderDoesNotFit
from health_checks.enums import DayState
from health_checks.leaders_gone import finishers_for, suiting_designations
from health_checks.models import Assignment
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_reason, lock_assignment
from health_checks.telling import NEWS, leaders_of, people_who_book, tell
from health_checks.transitions import Mover


@action
def hand_over_day(*, assignment: Assignment, leader: SystemLeader, by: By, at: datetime, reason: str) -> Assignment:
    """
    Hand a day that has begun over to a substitute, who finishes the record from what is written and signs it.

    The half days and the pay stay those of the leader who began it and of their school; the price stays too. Raises `PermissionDenied`
    unless by alliance staff, `NotNow`, `LeaderDoesNotFit`, and `ValidationError` without a reason.
    """
    before = lock_assignment(assignment)
    day, today = before.day, timezone.localdate(at)
    user = check_user_is(by, Mover.STAFF, day.series, today)
    check_day_is(day, DayState.IN_PROGRESS)
    check_reason(reason)
    if leader.pk not in {one.pk for one in finishers_for(day, on=today)}:
        raise LeaderDoesNotFit(_("%(leader)s cannot take this day over.") % {"leader": leader})
    before.ended_at, before.ended_by, before.reason = at, user, reason
    before.save()
    new: Assignment = Assignment.objects.create(
        day=day,
        leader=leader,
        designation=suiting_designations(leader, day, on=today)[0],
        supporting_school=leader.supporting_school,
        quote_line=before.quote_line,
        finishes_for=before.given,
        proposed_at=at,
        proposed_by=user,
    )
    record_event(
        day.series.case, N_("%(new)s finishes the record of %(day)s in place of %(old)s."), by=by, at=at, reason=reason, public=True,
        new=str(leader), old=str(before.leader), day=day_to_keep(day.date),
    )  # fmt: skip
    tell(day.series, leaders_of(day), N_("A health check day was handed over to you. Finish its record and sign it."), at=at, but=user)
    people = [*people_who_book(day.series.case.supported_school, today), before.leader.user]
    tell(day.series, people, N_("Another leader finishes the record of a health check day."), at=at, kind=NEWS, but=user)
    synchronise_turns(day.series.case, at=at)
    return new

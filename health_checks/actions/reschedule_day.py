from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.working_days import academic_year
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from diary.actions.take_halves import take_halves
from diary.enums import SourceKind
from diary.policies import lock_years_of
from health_checks.actions.cancel_day import cause_of, end_day
from health_checks.actions.change_day import check_date_can_be
from health_checks.actions.propose_leader import LeaderDoesNotFit
from health_checks.actions.write_brief import copy_brief
from health_checks.enums import BOOKED, COMING, Cause, DayState
from health_checks.fees import fee_for_day
from health_checks.leaders_gone import causes_against
from health_checks.models import Assignment, Day
from health_checks.permissions import belongs_to, check_user_is
from health_checks.policies import check_day_is, check_reason, check_series_is, lock_day, one_day_a_date
from health_checks.telling import NEWS, invite, leaders_of, people_who_book, staff_of, tell
from health_checks.transitions import Mover


@action
def reschedule_day(
    *, day: Day, to: date, by: By, at: datetime, reason: str, caused_by: Cause = Cause.SCHOOL, without_leaders: bool = False
) -> Day:
    """
    Move a booked day to another date, with the same leaders at the same price; returns the one successor (H6).

    Moving costs nothing; what cancelling would have cost is carried over, so that moving is no way round the fee. A day that the alliance
    or a leader missed gets its other date in the same way, and carries nothing over. The brief is copied, and both sides agree to it
    anew (H4). Every leader is looked at again for the new date; with `without_leaders` staff move the day all the same, and are
    asked for a substitute for each who cannot come.

    Raises `PermissionDenied`, `NotNow`, `ValidationError` for a date that cannot be or without a reason, `LeaderDoesNotFit`,
    `DateIsTaken` where another booking of the school comes to that date first, and the diary's `HalfTaken` and `AllowanceUsedUp`.
    """
    day = lock_day(day)
    today = timezone.localdate(at)
    was_missed = day.is_owed_another_date
    user = check_user_is(by, Mover.SCHOOL_OR_STAFF if was_missed else Mover.ANYBODY, day.series, today, day)
    if was_missed:
        check_series_is(day.series, *BOOKED)
    else:
        check_day_is(day, *COMING)
    check_reason(reason)
    check_date_can_be(day, to, at=at)
    assignments = list(day.assignments.standing().select_related("leader__user").order_by("leader"))
    # All years of all leaders before any half day: two moves across the turn of the year, in opposite directions, follow each other.
    lock_years_of([one.leader_id for one in assignments], [academic_year(day.date), academic_year(to)])
    cause = cause_of(by, day, caused_by, at)
    successor = _successor(day, to, caused_by=cause, at=at)
    if not was_missed:
        end_day(day, DayState.RESCHEDULED, caused_by=cause, by=by, at=at, reason=reason)
    with one_day_a_date(successor):
        successor.save()
    causes = causes_against(successor, [one.leader for one in assignments], at=at)
    if causes and not (without_leaders and belongs_to(by, Mover.STAFF, day.series, today)):
        raise LeaderDoesNotFit(_refusal(assignments, causes))
    for assignment in assignments:
        _take_along(assignment, successor, causes.get(assignment.leader_id, ""), by=by, at=at)
    if (brief := day.briefs.first()) is not None:
        copy_brief(brief, successor, by=by, at=at)
    invite(successor, at=at)
    sentence = N_("The health check on %(before)s was moved to %(after)s; the price stays.")
    if was_missed:
        sentence = N_("In place of the health check on %(before)s there is one on %(after)s, at the same price.")
    record_event(
        day.series.case, sentence, by=by, at=at, reason=reason, public=True, before=day_to_keep(day.date), after=day_to_keep(to)
    )  # fmt: skip
    people = [*people_who_book(day.series.case.supported_school, today), *leaders_of(successor), *staff_of(day.series)]
    tell(day.series, people, N_("A health check day was moved. Agree to its brief again."), at=at, kind=NEWS, but=user)
    synchronise_turns(day.series.case, at=at)
    return successor


def _successor(day: Day, to: date, *, caused_by: Cause, at: datetime) -> Day:
    """The day on its new date, not stored yet."""
    fee = fee_for_day(day, caused_by=caused_by, on=timezone.localdate(at))
    return Day(
        series=day.series,
        school=day.school,
        date=to,
        part=day.part,
        use=day.use,
        other_use=day.other_use,
        state=DayState.CONFIRMED,
        replaces=day,
        shown_line=day.shown_line,
        calendar_uid=day.calendar_uid,
        sequence=day.sequence + 2,  # later than the day it replaces, which counts its own end
        least_percent=0 if day.is_owed_another_date else max(day.least_percent, fee.percent),
    )


def _refusal(assignments: list[Assignment], causes: dict[int, str]) -> str:
    named = [f"{one.leader}: {causes[one.leader_id]}" for one in assignments if one.leader_id in causes]
    return " ".join([*named, _("Choose another date, or ask the alliance for another leader.")])


def _take_along(assignment: Assignment, successor: Day, cause: str, *, by: By, at: datetime) -> None:
    """The same leader at the same frozen price on the new date. With a cause against it they are on it in name, and take no half day."""
    new = Assignment(
        day=successor,
        leader=assignment.leader,
        designation=assignment.designation,
        supporting_school=assignment.supporting_school,
        quote_line=assignment.quote_line,
        proposed_at=assignment.proposed_at,
        proposed_by=assignment.proposed_by,
    )
    if cause:
        new.cannot_come_at, new.cannot_come_by, new.cannot_come_reason = at, Actor.of(by).user, cause
    new.save()
    if not cause:
        reference = successor.diary_reference
        take_halves(leader=assignment.leader, halves=successor.halves, kind=SourceKind.HEALTH_CHECK, reference=reference, by=by, at=at)

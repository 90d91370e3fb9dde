from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from alliance.models import SystemLeader
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from diary.actions.take_halves import take_halves
from diary.enums import SourceKind
from finance.actions.make_quote import make_quote
from finance.models import QuoteLine
from finance.pricing import price_lines
from health_checks.actions.propose_leader import fitting_designation
from health_checks.actions.withdraw_leader import end_assignment
from health_checks.actions.write_brief import ask_both_again
from health_checks.enums import COMING
from health_checks.models import Assignment, Day
from health_checks.models.series import QUOTE_KIND
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, check_reason, lock_assignment
from health_checks.pricing import buyer_of, line_at_rates
from health_checks.telling import NEWS, invite, leaders_of, people_who_book, tell
from health_checks.transitions import Mover


@action
def substitute_leader(
    *, assignment: Assignment, leader: SystemLeader, designation: str = "", by: By, at: datetime, reason: str
) -> Assignment:
    """
    Send another leader to a booked day. The price stays; with a designation that costs less it goes down, never up (H6).

    Both sides agree to the brief anew (H4). Raises `PermissionDenied` unless by alliance staff, `NotNow`, `LeaderDoesNotFit`, the
    diary's `HalfTaken` and `AllowanceUsedUp`, and `ValidationError` without a reason.
    """
    assignment = lock_assignment(assignment)
    day = assignment.day
    user = check_user_is(by, Mover.STAFF, day.series, timezone.localdate(at))
    check_day_is(day, *COMING)
    check_reason(reason)
    comes_by = fitting_designation(day, leader, designation, at=at)
    new = Assignment(
        day=day, leader=leader, designation=comes_by, supporting_school=leader.supporting_school, proposed_at=at, proposed_by=user
    )  # fmt: skip
    # The one with the lower key first, and both before any price: as everything that takes halves does.
    steps = [
        (assignment.leader_id, lambda: end_assignment(assignment, by=by, at=at, reason=reason)),
        (leader.pk, lambda: _take(new, by, at)),
    ]
    for _key, step in sorted(steps, key=lambda pair: pair[0]):
        step()
    new.quote_line = _line_for(day, assignment, leader, comes_by, by=by, at=at)
    new.save()
    day.sequence += 1
    day.save()
    ask_both_again(day, by=by, at=at, reason=reason)
    invite(day, at=at, and_no_longer=[assignment.leader.user])
    record_event(
        day.series.case, N_("%(new)s comes instead of %(old)s on %(day)s."), by=by, at=at, reason=reason, public=True,
        new=str(leader), old=str(assignment.leader), day=day_to_keep(day.date),
    )  # fmt: skip
    people = [*people_who_book(day.series.case.supported_school, timezone.localdate(at)), *leaders_of(day)]
    tell(day.series, people, N_("Another leader comes to a health check day. Agree to its brief again."), at=at, but=user)
    tell(day.series, [assignment.leader.user], N_("Somebody else conducts a health check day in your place."), at=at, kind=NEWS)
    synchronise_turns(day.series.case, at=at)
    return new


def _take(new: Assignment, by: By, at: datetime) -> None:
    new.save()
    take_halves(leader=new.leader, halves=new.day.halves, kind=SourceKind.HEALTH_CHECK, reference=new.day.diary_reference, by=by, at=at)


def _line_for(day: Day, before: Assignment, leader: SystemLeader, designation: str, *, by: By, at: datetime) -> QuoteLine | None:
    """The frozen line of the leader before; where the rates make the substitute cheaper, a line of a next version of the quote."""
    old = before.quote_line
    if old is None or designation == old.designation:
        return old
    wanted, buyer = line_at_rates(day, leader, designation), buyer_of(day.series.case.supported_school)
    (priced,) = price_lines([wanted], on=day.date, buyer=buyer)
    if priced.charge >= old.charge:
        return old
    quote = make_quote(
        source_kind=QUOTE_KIND, source_reference=day.series.case.reference, lines=[wanted], on=day.date, buyer=buyer, by=by, at=at
    )
    line: QuoteLine = quote.lines.get()
    return line

"""What is next once the agreement is signed: notes, time, money, concerns, and the ways out of the delivery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from alliance.enums import Power
from alliance.roles import Role
from alliance.working_days import add_working_days
from cases.enums import Side
from cases.turns import TurnWanted
from common.in_words import day_to_keep
from s2s_workflow.enums import UNDECIDED, MidTermDecision, Stage, TimeState, VisitState
from s2s_workflow.guards import a_visit_was_noted, mid_term_review_was_held, no_visit_after_the_end, no_visit_is_open
from s2s_workflow.models import SupportProject, TimeSheetLine, Visit
from s2s_workflow.money import advance_is_wanted, refund_waits, time_to_invoice
from s2s_workflow.money_guards import time_is_decided
from s2s_workflow.time_approval import lead_who_stands_in, owner_may_not_decide, role_that_stands_in, school_decides
from s2s_workflow.turn_parts import head_turn, lead_turn
from s2s_workflow.visit_notes import leader_writes

NOTE_WITHIN = 5
"""Working days after a visit by which its note is due (D1)."""


def delivery_turns(project: SupportProject) -> Iterator[TurnWanted]:
    """Notes after visits, time, money, concerns: from the signature until the project is closed. And the ways out of the delivery."""
    yield from _notes(project)
    yield from _time(project)
    yield from _money(project)
    for concern in project.concerns.filter(resolved_at=None):
        yield TurnWanted(
            f"concern-{concern.pk}", Side.ALLIANCE, N_("Resolve the concern"), due_on=timezone.localdate(concern.raised_at), tab="reviews"
        )
    if _an_end_is_proposed(project) and no_visit_after_the_end(project):
        sentence = N_("Cancel the visits after the proposed last day before the end can be agreed to")
        yield from lead_turn(project, "visits-after-the-end", sentence, "team")
    if project.stage == Stage.MID_TERM_REVIEW:
        yield from head_turn(project, "mid-term", N_("Read the mid-term review and say whether you agree"), "reviews")
    elif _an_end_is_proposed(project):
        yield from head_turn(project, "exit", N_("Say whether you agree to the end of the support"), "reviews")
    elif project.stage == Stage.ACTIVE and _a_review_came_back(project):
        yield from lead_turn(project, "mid-term-again", N_("Write the mid-term review anew"), "reviews")
    elif project.stage in (Stage.ACTIVE, Stage.EXITING):
        yield from _end_of_the_delivery(project)


def _notes(project: SupportProject) -> Iterator[TurnWanted]:
    visits = Visit.objects.filter(deployment__project=project, state=VisitState.PLANNED).select_related("deployment__leader__user")
    for visit in visits:
        values = {"day": day_to_keep(visit.visit_date)}
        due = add_working_days(visit.visit_date, NOTE_WITHIN)
        leader = visit.deployment.leader
        key, sentence = f"note-{visit.pk}", N_("Write the note of the visit on %(day)s")
        if leader_writes(visit):
            yield TurnWanted(key, Side.PERSON, sentence, values, leader.user, due_on=due, tab="visits")
        else:
            sentence = N_("Write the note of the visit of %(leader)s on %(day)s in their place, or cancel the visit")
            yield from lead_turn(project, key, sentence, "visits", values={**values, "leader": str(leader)}, due_on=due)


def _time(project: SupportProject) -> Iterator[TurnWanted]:
    """
    Time that waits for the school that released the leader, or for the leader. Where nobody else at the school may approve it, it is who
    stands in whose turn it is, other staff's if it is the owner's own; staff's, when nobody can correct it.
    """
    today = timezone.localdate()
    lines = TimeSheetLine.objects.filter(visit__deployment__project=project, state__in=UNDECIDED).select_related(
        "visit__deployment__leader__user", "visit__deployment__supporting_school", "visit__note"
    )
    for line in lines:
        leader, school = line.visit.deployment.leader, line.visit.deployment.supporting_school
        values = {"leader": str(leader), "day": day_to_keep(line.visit.visit_date)}
        if line.state == TimeState.SUBMITTED:
            key, sentence = f"time-{line.pk}", N_("Approve the time of %(leader)s on %(day)s")
            if school_decides(project, line, today):
                yield TurnWanted(key, Side.SCHOOL, sentence, values, school=school, power=Power.APPROVE_TIME, tab="visits")
            elif lead := lead_who_stands_in(project, line):
                yield TurnWanted(key, Side.PERSON, sentence, values, lead, tab="visits")
            elif owner_may_not_decide(project, line):
                yield TurnWanted(key, Side.ROLE, sentence, values, role=role_that_stands_in(project, line), tab="visits")
            else:
                yield TurnWanted(key, Side.ALLIANCE, sentence, values, tab="visits")
        elif leader.user.is_active:
            sentence = N_("Correct the time of the visit on %(day)s")
            yield TurnWanted(f"time-back-{line.pk}", Side.PERSON, sentence, values, leader.user, tab="visits")
        else:
            sentence = N_("Write off the time of %(leader)s on %(day)s: nobody can correct it")
            yield TurnWanted(f"time-off-{line.pk}", Side.ALLIANCE, sentence, values, tab="visits")


def _money(project: SupportProject) -> Iterator[TurnWanted]:
    """What finance see to; also anew, after an invoice was thrown away or credited."""
    if time_to_invoice(project):
        yield TurnWanted("invoice", Side.ROLE, N_("Draft the invoices for approved time"), role=Role.FINANCE, tab="costs")
    if advance_is_wanted(project):
        yield TurnWanted("invoice-in-advance", Side.ROLE, N_("Draft the invoice in advance"), role=Role.FINANCE, tab="costs")
    if refund_waits(project) and not time_is_decided(project):
        yield TurnWanted("refund", Side.ROLE, N_("Record the refund"), role=Role.FINANCE, tab="costs")


def _an_end_is_proposed(project: SupportProject) -> bool:
    """Whether the head is to agree to a last day: as the lead proposed it, or as the mid-term review does (D4)."""
    if project.stage == Stage.MID_TERM_REVIEW:
        return project.mid_term_reviews.waiting().filter(decision=MidTermDecision.EXIT).exists()
    return project.stage == Stage.ACTIVE and project.exit_on is not None


def _a_review_came_back(project: SupportProject) -> bool:
    latest = project.mid_term_reviews.order_by("written_at", "pk").last()
    return latest is not None and latest.sent_back_at is not None and not latest.is_settled


def _end_of_the_delivery(project: SupportProject) -> Iterator[TurnWanted]:
    """
    Once every visit that was planned is noted, so that the last of them is past: the named lead goes on, or ends the delivery.

    A visit is noted on its day at the earliest. What is exiting is due to end on its last day.
    """
    if no_visit_is_open(project):
        return
    if project.stage == Stage.EXITING:
        yield from lead_turn(project, "end-delivery", N_("End the delivery"), "project", due_on=project.exit_on)
    elif a_visit_was_noted(project):
        return
    elif mid_term_review_was_held(project):
        yield from lead_turn(project, "mid-term-review", N_("Hold the mid-term review and write it"), "reviews")
    elif _half_days_left(project):
        yield from lead_turn(project, "next-visit", N_("Plan the next visit, or end the delivery"), "project")
    else:
        yield from lead_turn(project, "end-delivery", N_("End the delivery"), "project")


def _half_days_left(project: SupportProject) -> bool:
    """Whether a leader of the team gives more than was noted."""
    given: Counter[int] = Counter()
    for visit in Visit.objects.filter(deployment__project=project, state=VisitState.NOTED):
        given[visit.deployment_id] += visit.half_days
    return any(given[deployment.pk] < deployment.half_days for deployment in project.team())

"""The table of moves: which stage follows which, who moves, and what has to be true first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from s2s_workflow import amendment_guards, evaluation_guards, guards, money_guards
from s2s_workflow.enums import BEFORE_ACTIVE, BEFORE_SIGNED, Party, Stage
from s2s_workflow.models import SupportProject

Guard = Callable[[SupportProject], str | None]
Condition = Callable[[SupportProject], bool]


def has_due_diligence(project: SupportProject) -> bool:
    return bool(project.rules.get("due_diligence"))


def has_working_group(project: SupportProject) -> bool:
    return bool(project.rules.get("working_group"))


def has_only_a_working_group(project: SupportProject) -> bool:
    return has_working_group(project) and not has_due_diligence(project)


def has_only_due_diligence(project: SupportProject) -> bool:
    return has_due_diligence(project) and not has_working_group(project)


def has_neither(project: SupportProject) -> bool:
    return not has_due_diligence(project) and not has_working_group(project)


def has_both(project: SupportProject) -> bool:
    return has_due_diligence(project) and has_working_group(project)


@dataclass(frozen=True)
class Move:
    """
    One listed move. A guard returns the sentence that says what is missing, or None.

    `when` leaves the move out for protocols without the stage; `fast_track` marks those that go past the working group.
    """

    source: Stage
    target: Stage
    by: Party
    needs: tuple[Guard, ...] = ()
    reason: bool = False
    when: Condition | None = None
    fast_track: bool = False

    def applies_to(self, project: SupportProject) -> bool:
        return self.when is None or self.when(project)


TEAM = (
    guards.needs_are_confirmed,
    guards.lead_is_named,
    guards.designations_are_live,
    guards.leaders_are_released,
    guards.deployments_are_approved,
    guards.visits_are_planned,
    guards.every_day_is_priced,
    guards.costs_are_presented,
    guards.head_accepts_the_team,
)
PLAN = (guards.plan_is_complete, guards.terms_are_set)
TO_SIGN = (
    guards.costs_are_presented,
    guards.head_accepts_the_team,
    guards.plan_is_agreed,
    guards.fast_track_is_ratified,
    guards.every_day_is_priced,
    guards.something_is_paid,
    guards.text_is_frozen,
)
EXIT = (guards.exit_is_planned, guards.no_visit_after_the_end, amendment_guards.no_amendment_is_open)
TO_CLOSE = (
    money_guards.time_is_invoiced,
    money_guards.advance_is_invoiced,
    money_guards.invoices_are_settled,
    money_guards.refund_is_done,
    evaluation_guards.concerns_are_resolved,
)

MOVES = (
    Move(Stage.SUBMITTED, Stage.TRIAGE, by=Party.STAFF, needs=(guards.has_an_owner, guards.owner_declared_no_conflict)),
    Move(Stage.TRIAGE, Stage.MORE_INFORMATION, by=Party.STAFF, needs=(guards.a_question_is_open,)),
    Move(Stage.MORE_INFORMATION, Stage.TRIAGE, by=Party.EITHER_SIDE, needs=(guards.no_question_is_open,)),
    Move(Stage.TRIAGE, Stage.DECLINED, by=Party.S2S_LEAD, reason=True),
    Move(Stage.TRIAGE, Stage.REFERRED, by=Party.S2S_LEAD, reason=True),
    # The design's table ends a request from triage alone; a question left open must not keep the lead from ending it.
    Move(Stage.MORE_INFORMATION, Stage.DECLINED, by=Party.S2S_LEAD, reason=True),
    Move(Stage.MORE_INFORMATION, Stage.REFERRED, by=Party.S2S_LEAD, reason=True),
    *(Move(stage, Stage.WITHDRAWN, by=Party.REQUESTER, reason=True) for stage in BEFORE_ACTIVE),
    # Nor must a team that cannot be found, a fast track that is not ratified or a signature that does not come.
    *(Move(stage, ending, by=Party.S2S_LEAD, reason=True) for stage in BEFORE_SIGNED for ending in (Stage.DECLINED, Stage.REFERRED)),
    # Nor a report that does not support it, or a quorum that cannot be reached; to decline it there is the group's to decide.
    Move(Stage.DUE_DILIGENCE, Stage.DECLINED, by=Party.S2S_LEAD, reason=True),
    Move(Stage.DUE_DILIGENCE, Stage.REFERRED, by=Party.S2S_LEAD, reason=True),
    Move(Stage.WORKING_GROUP_REVIEW, Stage.REFERRED, by=Party.S2S_LEAD, reason=True),
    # Due diligence and the working group, where the protocol has them
    Move(Stage.TRIAGE, Stage.DUE_DILIGENCE, by=Party.STAFF, needs=(guards.school_is_identified,), when=has_due_diligence),
    Move(Stage.TRIAGE, Stage.WORKING_GROUP_REVIEW, by=Party.STAFF, needs=(guards.school_is_identified,), when=has_only_a_working_group),
    Move(Stage.TRIAGE, Stage.BROKERING, by=Party.STAFF, needs=(guards.school_is_identified,), when=has_neither),
    Move(Stage.DUE_DILIGENCE, Stage.WORKING_GROUP_REVIEW, by=Party.STAFF, needs=(guards.report_is_complete,), when=has_working_group),
    Move(Stage.DUE_DILIGENCE, Stage.BROKERING, by=Party.S2S_LEAD, needs=(guards.report_is_approved,), when=has_only_due_diligence),
    Move(
        Stage.WORKING_GROUP_REVIEW,
        Stage.BROKERING,
        by=Party.WORKING_GROUP,
        needs=(guards.report_is_approved, guards.group_supports_it),
        reason=True,
        when=has_both,
    ),
    Move(
        Stage.WORKING_GROUP_REVIEW,
        Stage.BROKERING,
        by=Party.WORKING_GROUP,
        needs=(guards.group_supports_it,),
        reason=True,
        when=has_only_a_working_group,
    ),
    Move(
        Stage.WORKING_GROUP_REVIEW,
        Stage.DUE_DILIGENCE,
        by=Party.WORKING_GROUP,
        needs=(guards.group_is_quorate,),
        reason=True,
        when=has_due_diligence,
    ),
    Move(Stage.WORKING_GROUP_REVIEW, Stage.DECLINED, by=Party.WORKING_GROUP, needs=(guards.group_is_quorate,), reason=True),
    # The fast track (W9)
    Move(
        Stage.TRIAGE,
        Stage.BROKERING,
        by=Party.S2S_LEAD,
        needs=(guards.school_is_identified,),
        reason=True,
        when=has_working_group,
        fast_track=True,
    ),
    Move(Stage.DUE_DILIGENCE, Stage.BROKERING, by=Party.S2S_LEAD, reason=True, when=has_working_group, fast_track=True),
    # Team and agreement
    Move(Stage.BROKERING, Stage.TEAM_AGREED, by=Party.STAFF, needs=TEAM),
    Move(Stage.TEAM_AGREED, Stage.BROKERING, by=Party.STAFF, reason=True),
    Move(Stage.INITIAL_MEETING_HELD, Stage.BROKERING, by=Party.STAFF, reason=True),
    Move(Stage.AGREEMENT_DRAFTED, Stage.BROKERING, by=Party.STAFF, reason=True),
    Move(Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, by=Party.NAMED_LEAD, needs=(guards.meeting_is_recorded,)),
    Move(Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED, by=Party.NAMED_LEAD_OR_STAFF, needs=PLAN),
    Move(Stage.AGREEMENT_DRAFTED, Stage.AWAITING_SIGNATURE, by=Party.STAFF, needs=TO_SIGN),
    Move(Stage.AWAITING_SIGNATURE, Stage.AGREEMENT_DRAFTED, by=Party.ANY_SIGNATORY, reason=True),
    Move(Stage.AWAITING_SIGNATURE, Stage.ACTIVE, by=Party.SYSTEM, needs=(guards.every_party_signed,)),
    # Delivery
    Move(Stage.ACTIVE, Stage.MID_TERM_REVIEW, by=Party.NAMED_LEAD, needs=(guards.mid_term_review_is_written,)),
    Move(Stage.MID_TERM_REVIEW, Stage.ACTIVE, by=Party.SUPPORTED_HEAD, needs=(guards.school_agrees_to_go_on,)),
    # Nor must a review that the head does not agree to keep the project where it is.
    Move(
        Stage.MID_TERM_REVIEW,
        Stage.ACTIVE,
        by=Party.NAMED_LEAD_OR_SUPPORTED_HEAD,
        needs=(guards.mid_term_review_does_not_wait,),
        reason=True,
    ),
    Move(Stage.MID_TERM_REVIEW, Stage.ACTIVE, by=Party.S2S_LEAD, needs=(guards.mid_term_review_does_not_wait,), reason=True),
    Move(Stage.MID_TERM_REVIEW, Stage.EXITING, by=Party.SUPPORTED_HEAD, needs=(guards.school_agrees_to_exit, *EXIT)),
    Move(Stage.ACTIVE, Stage.EXITING, by=Party.SUPPORTED_HEAD_OR_S2S_LEAD, needs=EXIT, reason=True),
    Move(
        Stage.ACTIVE,
        Stage.FINAL_REVIEW_DUE,
        by=Party.NAMED_LEAD_OR_STAFF,
        needs=(
            guards.no_visit_is_open,
            guards.a_visit_was_noted,
            guards.mid_term_review_was_held,
            amendment_guards.no_amendment_is_open,
        ),
    ),
    Move(Stage.EXITING, Stage.FINAL_REVIEW_DUE, by=Party.NAMED_LEAD_OR_STAFF, needs=(guards.no_visit_is_open,)),
    # Evaluation and the end
    Move(Stage.FINAL_REVIEW_DUE, Stage.EVALUATION_REVIEW, by=Party.SUPPORTED_HEAD, needs=(evaluation_guards.every_objective_is_judged,)),
    Move(
        Stage.EVALUATION_REVIEW, Stage.CHANGES_REQUESTED, by=Party.REVIEWER, needs=(evaluation_guards.evaluation_was_returned,), reason=True
    ),
    Move(Stage.CHANGES_REQUESTED, Stage.EVALUATION_REVIEW, by=Party.SUPPORTED_HEAD, needs=(evaluation_guards.every_objective_is_judged,)),
    Move(
        Stage.EVALUATION_REVIEW,
        Stage.APPROVED,
        by=Party.REVIEWER,
        needs=(evaluation_guards.evaluation_is_approved, evaluation_guards.group_looked_at_the_evaluation),
    ),
    Move(Stage.APPROVED, Stage.DISSEMINATED, by=Party.S2S_LEAD, needs=(evaluation_guards.recipients_are_logged,)),
    Move(Stage.DISSEMINATED, Stage.CLOSED, by=Party.S2S_LEAD, needs=TO_CLOSE),
)


def moves_to(project: SupportProject, target: Stage) -> list[Move]:
    """The listed moves of the project to a stage, under its protocol. Those that share ends differ in `when`, or in who makes them."""
    return [move for move in moves_from(project) if move.target == target]


def find_move(project: SupportProject, target: Stage) -> Move | None:
    """The first of them."""
    return next(iter(moves_to(project, target)), None)


def moves_from(project: SupportProject) -> list[Move]:
    """The moves that the project's protocol lists from where it stands."""
    return [move for move in MOVES if move.source == project.stage and move.applies_to(project)]


def missing_for(move: Move, project: SupportProject) -> list[str]:
    """What has to be done first, in words; the task list and the refusal say the same."""
    return [sentence for guard in move.needs if (sentence := guard(project))]

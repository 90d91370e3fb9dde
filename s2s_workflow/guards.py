"""What has to be true before a move: each guard returns the sentence that says what is missing, or None."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from s2s_workflow.enums import DeploymentState, GroupSubject, MidTermDecision, VisitState
from s2s_workflow.models import AgreementClause, Deployment, SupportProject, Visit
from s2s_workflow.money import quote_drafted
from s2s_workflow.opinions import fast_track_is_refused, is_before_the_group, verdict_on
from s2s_workflow.parties import signatories_missing
from s2s_workflow.terms import parts_of, parts_to_price, plan_is_changed

A_TERM = timedelta(weeks=15)
"""Longer than the longest English school term: what goes on for longer has a mid-term review (D4)."""


# Triage


def has_an_owner(project: SupportProject) -> str | None:
    return None if project.case.owner_id else _("Nobody owns this case yet.")


def owner_declared_no_conflict(project: SupportProject) -> str | None:
    """A case is handled by somebody without ties to its school (W3)."""
    latest = project.case.conflict_declarations.filter(declared_by=project.case.owner_id).first()
    if latest is None:
        return _("The owner has not declared whether there is a conflict of interest.")
    return _("The owner has a conflict of interest; give the case to somebody else.") if latest.has_conflict else None


def a_question_is_open(project: SupportProject) -> str | None:
    return None if project.case.messages.open_questions().exists() else _("No question was asked.")


def no_question_is_open(project: SupportProject) -> str | None:
    return _("A question still waits for its answer.") if project.case.messages.open_questions().exists() else None


def school_is_identified(project: SupportProject) -> str | None:
    return None if project.case.supported_school_id else _("The school is not in the register yet: choose it on the case.")


# Due diligence and the working group


def report_is_complete(project: SupportProject) -> str | None:
    """Including support already tried, and the risk at inspection (W2)."""
    report = getattr(project, "due_diligence", None)
    if report is None:
        return _("The due diligence report is not written yet.")
    draft = report.draft
    complete = all(text.strip() for text in (draft.findings, draft.tried_already, draft.inspection_risk, draft.recommendation))
    return None if complete else _("The due diligence report is not complete: every part needs an answer.")


def report_is_approved(project: SupportProject) -> str | None:
    report = getattr(project, "due_diligence", None)
    return None if report is not None and report.live else _("The due diligence report is not approved yet.")


def group_supports_it(project: SupportProject) -> str | None:
    return verdict_on(project, GroupSubject.REVIEW).missing_for_yes()


def group_is_quorate(project: SupportProject) -> str | None:
    return verdict_on(project, GroupSubject.REVIEW).missing_for_quorum()


def fast_track_is_ratified(project: SupportProject) -> str | None:
    """A fast track starts brokering before the working group meets; it is ratified before anybody signs (W9)."""
    if not project.fast_tracked_at or project.ratified_at:
        return None
    if fast_track_is_refused(project):
        return _("The working group does not support the fast track: put it to the group again, or end the request.")
    return _("The working group has not ratified the fast track yet.")


# The team


def _team(project: SupportProject) -> list[Deployment]:
    """Everybody whom the next text of the agreement names."""
    return [part.deployment for part in parts_of(project)]


def needs_are_confirmed(project: SupportProject) -> str | None:
    return None if project.needs_confirmed_at else _("The school’s needs are not confirmed yet.")


def lead_is_named(project: SupportProject) -> str | None:
    return None if project.named_lead() else _("No leader is named as the lead of the team yet.")


def designations_are_live(project: SupportProject) -> str | None:
    """A designation is required only where the need or the rate line names one (W5)."""
    lacking = [
        str(deployment.leader)
        for deployment in _team(project)
        if deployment.designation
        and not deployment.leader.designations.in_force(deployment.starts_on).filter(designation=deployment.designation).exists()
    ]
    return _("The designation asked for is not in force: %(leaders)s.") % {"leaders": ", ".join(lacking)} if lacking else None


def leaders_are_released(project: SupportProject) -> str | None:
    waiting = [str(deployment.leader) for deployment in _team(project) if deployment.state == DeploymentState.PROPOSED]
    return _("Not released by their school yet: %(leaders)s.") % {"leaders": ", ".join(waiting)} if waiting else None


def deployments_are_approved(project: SupportProject) -> str | None:
    waiting = [str(deployment.leader) for deployment in _team(project) if deployment.state == DeploymentState.RELEASED]
    return _("Deployment not approved yet: %(leaders)s.") % {"leaders": ", ".join(waiting)} if waiting else None


def visits_are_planned(project: SupportProject) -> str | None:
    """Their half days stand in the diary, so the days are free; no leader has more than was agreed."""
    visits = Visit.objects.filter(deployment__project=project).exclude(state=VisitState.CANCELLED)
    planned = set(visits.values_list("deployment", flat=True))
    without = [str(deployment.leader) for deployment in project.team() if deployment.pk not in planned]
    return _("No visit is planned yet for: %(leaders)s.") % {"leaders": ", ".join(without)} if without else None


def head_accepts_the_team(project: SupportProject) -> str | None:
    return None if project.team_accepted_at else _("The head of the supported school has not accepted the team yet.")


def costs_are_presented(project: SupportProject) -> str | None:
    return None if project.costs_presented_at else _("The costs have not been presented to the school yet.")


def every_day_is_priced(project: SupportProject) -> str | None:
    """No school gives support free: every leader day is a priced line of the latest quote (W4)."""
    quote, parts = quote_drafted(project), parts_to_price(project)
    priced = {line.leader_id: line.half_days for line in quote.lines.all()} if quote else {}
    if set(priced) - {part.deployment.leader_id for part in parts}:
        return _("The costs are for another team: present them again.")
    free = [part for part in parts if priced.get(part.deployment.leader_id) != part.half_days]
    if not parts or free:
        number = len(free) or 1
        return ngettext("%d leader has no price yet.", "%d leaders have no price yet.", number) % number
    return None


# Meeting, plan and agreement


def meeting_is_recorded(project: SupportProject) -> str | None:
    meeting = getattr(project, "initial_meeting", None)
    if meeting is None:
        return _("The initial meeting is not recorded yet.")
    return None if all(text.strip() for _label, text in meeting.agenda) else _("Some points of the agenda have no answer yet.")


def plan_is_complete(project: SupportProject) -> str | None:
    """Objectives linked to pupils’ performance, schedule and exit (W7, W8)."""
    plan = getattr(project, "plan", None)
    if plan is None:
        return _("The action plan is not written yet.")
    draft = plan.draft
    if not len(draft.objectives):
        return _("The action plan has no objective yet.")
    if missing := [sentence for number, block in enumerate(draft.objectives, start=1) if (sentence := _missing_in(number, block.value))]:
        return " ".join(missing)
    if not (draft.schedule.strip() and draft.exit_arrangements.strip()):
        return _("The action plan needs a schedule and the arrangements for the end.")
    return None


def _missing_in(number: int, objective: Any) -> str | None:
    """An objective has its criterion of success: measure, baseline, target, owner and day (W7)."""
    labels = [str(block.label) for name, block in objective.block.child_blocks.items() if not str(objective[name] or "").strip()]
    what = {"number": number, "parts": ", ".join(f"“{label}”" for label in labels)}
    return _("Objective %(number)d of the action plan lacks: %(parts)s.") % what if labels else None


def terms_are_set(project: SupportProject) -> str | None:
    return None if AgreementClause.objects.filter(is_in_use=True).exists() else _("No terms and conditions are in use.")


def plan_is_agreed(project: SupportProject) -> str | None:
    """By the working group where the protocol has one, else by an S2S lead; a newer draft is agreed anew (W7)."""
    if project.amending_at and not plan_is_changed(project):
        return None
    plan = getattr(project, "plan", None)
    agreed = plan is not None and plan.live and not plan.has_unpublished_changes
    if agreed:
        return None
    waits = is_before_the_group(project, GroupSubject.PLAN)
    return (group_agrees_to_the_plan(project) if waits else None) or _("The action plan is not agreed yet.")


def group_agrees_to_the_plan(project: SupportProject) -> str | None:
    """Where the protocol has a working group, a plan is approved with its quorum and most of its views (W7)."""
    return verdict_on(project, GroupSubject.PLAN).missing_for_yes() if project.rules.get("working_group") else None


def something_is_paid(project: SupportProject) -> str | None:
    quote = quote_drafted(project)
    return None if quote and quote.total > 0 else _("The costs are not above zero.")


def text_is_frozen(project: SupportProject) -> str | None:
    return None if project.agreements.filter(voided_at=None, completed_at=None).exists() else _("The text of the agreement is not frozen.")


def every_party_signed(project: SupportProject) -> str | None:
    missing = signatories_missing(project)
    return _("Not signed yet: %(parties)s.") % {"parties": ", ".join(missing)} if missing else None


# Delivery


def mid_term_review_is_written(project: SupportProject) -> str | None:
    return None if project.mid_term_reviews.waiting().exists() else _("The mid-term review is not written yet.")


def mid_term_review_does_not_wait(project: SupportProject) -> str | None:
    """It was sent back, or the S2S lead settled a dispute about it (D4)."""
    waits = project.mid_term_reviews.waiting().exists()
    return _("The mid-term review still waits for the head of the supported school.") if waits else None


def school_agrees_to_go_on(project: SupportProject) -> str | None:
    return _agreed_mid_term(project, MidTermDecision.CONTINUE, MidTermDecision.CHANGE)


def school_agrees_to_exit(project: SupportProject) -> str | None:
    return _agreed_mid_term(project, MidTermDecision.EXIT)


def _agreed_mid_term(project: SupportProject, *decisions: MidTermDecision) -> str | None:
    latest = project.mid_term_reviews.in_time().last()
    if latest is None or latest.agreed_at is None:
        return _("The head of the supported school has not agreed to the mid-term review yet.")
    return None if latest.decision in decisions else _("The mid-term review says otherwise.")


def exit_is_planned(project: SupportProject) -> str | None:
    """A last day, the steps to it, and the refund of unspent costs (D4)."""
    planned = project.exit_on and project.exit_steps.strip() and project.refund_due is not None
    return None if planned else _("The last day and the steps to it are not set yet.")


def no_visit_after_the_end(project: SupportProject) -> str | None:
    """What was planned for later is cancelled before both sides agree to the last day (D4)."""
    if project.exit_on is None:
        return None
    number = Visit.objects.filter(deployment__project=project, state=VisitState.PLANNED, visit_date__gt=project.exit_on).count()
    if number:
        return (
            ngettext(
                "%d visit is planned after the last day: it has to be cancelled first.",
                "%d visits are planned after the last day: they have to be cancelled first.",
                number,
            )
            % number
        )
    return None


def mid_term_review_was_held(project: SupportProject) -> str | None:
    """A project of more than a term cannot skip it (D4)."""
    team = project.team()
    if not team or max(d.ends_on for d in team) - min(d.starts_on for d in team) <= A_TERM:
        return None
    return None if project.mid_term_reviews.held().exists() else _("The mid-term review was not held.")


def no_visit_is_open(project: SupportProject) -> str | None:
    open_ = Visit.objects.filter(deployment__project=project, state=VisitState.PLANNED).count()
    if open_:
        return ngettext("%d visit is neither noted nor cancelled.", "%d visits are neither noted nor cancelled.", open_) % open_
    return None


def a_visit_was_noted(project: SupportProject) -> str | None:
    visits = Visit.objects.filter(deployment__project=project)
    return None if visits.filter(state=VisitState.NOTED).exists() else _("No visit was noted yet.")

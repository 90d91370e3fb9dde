"""What several actions do with an amendment of the agreement. All of it is part of an action that holds the project (D4)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from alliance.models import User
from cases.events import N_, record_event
from common.actions import Actor
from s2s_workflow.models import Agreement, SupportProject
from s2s_workflow.telling import JOINED, NEWS, people_with_power, staff_of, tell


def begin_amendment(project: SupportProject, *, by: User, at: datetime, reason: str) -> None:
    """An amendment is begun: by staff, or by a mid-term review that both sides agree to."""
    plan = getattr(project, "plan", None)
    project.amending_at, project.amending_by, project.amending_reason = at, by, reason
    project.amending_draft = plan.latest_revision_id if plan else None
    project.full_clean(exclude=["case"])
    project.save()
    record_event(project.case, N_("An amendment of the agreement was begun."), by=by, at=at, reason=reason, public=True)
    lead = project.named_lead()
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    people = [*staff_of(project), *heads, *([lead.leader.user] if lead else [])]
    tell(project, people, N_("An amendment of an agreement was begun."), at=at, kind=NEWS)


def bring_into_force(project: SupportProject, agreement: Agreement, *, at: datetime) -> None:
    """
    At the last signature under an amendment: its plan and costs hold, other days are the days, who joins is on the team (D4).
    """
    tell(project, [deployment.leader.user for deployment in project.joining()], JOINED, at=at, kind=NEWS)
    for deployment in [*project.team(), *project.joining()]:
        if deployment.joins_later or deployment.next_half_days or deployment.next_ends_on:
            deployment.half_days = deployment.next_half_days or deployment.half_days
            deployment.ends_on = deployment.next_ends_on or deployment.ends_on
            deployment.next_half_days = deployment.next_ends_on = None
            deployment.joins_later = False
            deployment.save()
    agreement.completed_at = at
    agreement.save()
    end_amendment(project)
    record_event(
        project.case,
        N_("Version %(version)s of the agreement is signed by all, and in force."),
        by=Actor.job("last signature"),
        at=at,
        public=True,
        version=agreement.version,
    )


def end_amendment(project: SupportProject) -> None:
    """None is open any more: it is in force, or dropped."""
    project.amending_at = project.amending_by = project.amending_draft = None
    project.amending_reason = ""
    project.save()
    project.forget_team()

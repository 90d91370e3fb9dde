"""The team: who comes, for how long, when, and what it costs. Each side sees its own part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.present_costs import missing_before_costs
from s2s_workflow.enums import ARRANGED_AT, ON_THE_TEAM, DeploymentState
from s2s_workflow.models import Deployment
from s2s_workflow.money import payer_of
from s2s_workflow.parties import schools_acted_for
from s2s_workflow.quotes import quotes_for
from s2s_workflow.standing import Standing
from s2s_workflow.steps.team import PLANNED, deployments_of
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "team", _("Team"), 350, "s2s_workflow/tabs/team.html"
SETTLED = (DeploymentState.APPROVED, DeploymentState.COMPLETED)
TAGS = {
    DeploymentState.PROPOSED: "wait",
    DeploymentState.RELEASED: "wait",
    DeploymentState.APPROVED: "done",
    DeploymentState.COMPLETED: "done",
}


@dataclass(frozen=True)
class Row:
    """One leader's part, as it is shown."""

    deployment: Deployment
    visits: list[Any]

    @property
    def tag(self) -> str:
        return TAGS.get(DeploymentState(self.deployment.state), "draft")

    @property
    def planned(self) -> int:
        """Half days."""
        return sum(visit.half_days for visit in self.visits)

    @property
    def changes(self) -> bool:
        """Whether an amendment will bring other days."""
        return bool(self.deployment.next_half_days or self.deployment.next_ends_on)

    @property
    def next_half_days(self) -> int:
        return self.deployment.next_half_days or self.deployment.half_days

    @property
    def next_ends_on(self) -> date:
        return self.deployment.next_ends_on or self.deployment.ends_on

    @property
    def is_on_the_team(self) -> bool:
        return self.deployment.state in ON_THE_TEAM


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    is_staff = reader.is_any(Standing.STAFF)
    found = deployments_of(project).prefetch_related(PLANNED)
    rows = [Row(deployment, deployment.planned_visits) for deployment in found if sees(reader, deployment)]
    rows.sort(key=lambda row: (not row.is_on_the_team, not row.deployment.is_named_lead, row.deployment.pk))
    is_arranged = project.stage in ARRANGED_AT
    sees_the_whole = reader.is_any(Standing.STAFF, Standing.SUPPORTED_SCHOOL, Standing.TEAM)
    return {
        "rows": rows,
        "quotes": quotes_for(reader),
        "payer": payer_of(project).name if reader.is_any(Standing.STAFF, Standing.SUPPORTED_SCHOOL) else "",
        "missing": missing_before_costs(project) if is_staff and is_arranged and rows and not project.costs_presented_at else [],
        "is_own_part": not sees_the_whole,
        "sees_needs": sees_the_whole,
        "quote_is_old": is_arranged and not project.costs_presented_at,
    }


def sees(reader: Reader, deployment: Deployment) -> bool:
    """
    Staff see everybody ever asked, a supporting school its own leaders, the team each other. The supported school sees who was
    approved or presented to it: who was merely asked is between the alliance and the leader's school.
    """
    if reader.is_any(Standing.STAFF):
        return True
    own = schools_acted_for(reader.user, reader.today)
    if reader.is_any(Standing.SUPPORTING_SCHOOL) and deployment.supporting_school_id in own:
        return True
    if deployment.state not in ON_THE_TEAM:
        return False
    shown = deployment.state in SETTLED or reader.project.costs_presented_at is not None
    return reader.is_any(Standing.TEAM) or (reader.is_any(Standing.SUPPORTED_SCHOOL) and shown)

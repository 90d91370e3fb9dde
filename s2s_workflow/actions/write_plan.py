from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone

from cases.turns import synchronise_turns
from common.actions import By, action
from common.moderation import save_draft
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import ActionPlan, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_amendment_is_drafted, check_stage_is, lock_project

WRITTEN_AT = (Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED)
"""Before the agreement is signed: after that, objectives change by a signed amendment alone (D4)."""


def check_plan_may_be_written(project: SupportProject) -> None:
    """Raise `NotNow` outside these stages, but for an amendment that is begun and not up for signature."""
    if project.amending_at:
        check_amendment_is_drafted(project)
    else:
        check_stage_is(project, *WRITTEN_AT)


@dataclass(frozen=True)
class Objective:
    """One objective as written, half written too. `id` is the id of the objective it changes, empty for a new one."""

    objective: str
    measure: str
    baseline: str
    target: str
    owner: str
    due_on: date | None
    id: str = ""


@action
def write_plan(
    *,
    project: SupportProject,
    objectives: Sequence[Objective],
    schedule: str,
    exit_arrangements: str,
    by: By,
    at: datetime,
    seen: int | None = None,
) -> ActionPlan:
    """
    Write the action plan as a draft, or write it anew (W7). Objectives keep their ids, which evidence and judgements refer to.

    Raises `PermissionDenied` unless by the named lead or alliance staff, `NotNow`, `UnderReview`, `ChangedMeanwhile`
    when there is a newer draft than `seen`, and `ValidationError`. A plan that was agreed stays in force until its new draft is.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD_OR_STAFF, project, timezone.localdate(at))
    check_plan_may_be_written(project)
    plan = ActionPlan.objects.filter(project=project).first()
    plan = plan.draft if plan else ActionPlan(project=project)
    plan.objectives = [{"type": "objective", "id": one.id or str(uuid4()), "value": _value(one)} for one in objectives]
    plan.schedule, plan.exit_arrangements = schedule, exit_arrangements
    save_draft(plan, by=user, seen=seen)
    synchronise_turns(project.case, at=at)
    return plan


def _value(one: Objective) -> dict[str, object]:
    return {
        "objective": one.objective,
        "measure": one.measure,
        "baseline": one.baseline,
        "target": one.target,
        "owner": one.owner,
        "due_on": one.due_on.isoformat() if one.due_on else None,
    }

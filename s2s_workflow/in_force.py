"""What both sides are bound to now: the last version of the agreement that all have signed, with its plan and its costs (W8, D4)."""

from __future__ import annotations

from typing import Any

from s2s_workflow.models import ActionPlan, Agreement, SupportProject


def agreement_in_force(project: SupportProject) -> Agreement | None:
    """None before the first one is signed by all. An amendment takes its place when its last party signs."""
    return project.agreements.filter(completed_at__isnull=False).order_by("-version").first()


def plan_in_force(project: SupportProject) -> ActionPlan | None:
    """
    The plan as it was signed, not to be saved; before that the approved one, None while there is none.

    A plan that was approved for an amendment waits for its signatures like everything else in it.
    """
    agreement = agreement_in_force(project)
    plan: ActionPlan | None = getattr(project, "plan", None)
    if plan is not None and agreement is not None and agreement.plan:
        return plan.with_content_json({**plan.serializable_data(), **agreement.plan})
    return plan if plan is not None and plan.live else None


def frozen_plan(plan: ActionPlan) -> dict[str, Any]:
    """What an agreement keeps of a plan: all that is written in it."""
    content = plan.serializable_data()
    return {name: content[name] for name in ActionPlan.drafted}


def objectives_ever_signed(project: SupportProject) -> dict[str, str]:
    """The objectives of all signed versions by their ids, as they were signed last."""
    found: dict[str, str] = {}
    signed = project.agreements.filter(completed_at__isnull=False).order_by("version")
    plans = [ActionPlan(**agreement.plan) for agreement in signed if agreement.plan]
    for plan in plans or filter(None, [plan_in_force(project)]):
        found |= {block.id: block.value["objective"] for block in plan.objectives}
    return found

"""
What the next text of an agreement says: the team as it is, or as an amendment will make it (W8, D4).

An amendment is no stage. `SupportProject.amending_at` says that one is begun; once its text is frozen it is the open version of
the agreement. Until all have signed it nothing of it counts: days, plan and costs are those of the version in force (`in_force`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliance.models import School
from s2s_workflow.enums import TimeState, VisitState
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import ActionPlan, Deployment, SupportProject, TimeSheetLine


@dataclass(frozen=True)
class Part:
    """One leader's part: how many half days at most, and until when. Of who has left, those that they gave."""

    deployment: Deployment
    half_days: int
    ends_on: date
    has_left: bool = False


def parts_of(project: SupportProject) -> list[Part]:
    """Of everybody on the team; while an amendment is begun with the days that it brings, and those who join with it."""
    if not project.amending_at:
        return [Part(one, one.half_days, one.ends_on) for one in project.team()]
    team = [*project.team(), *project.joining()]
    return [Part(one, one.next_half_days or one.half_days, one.next_ends_on or one.ends_on) for one in team]


def parts_to_price(project: SupportProject) -> list[Part]:
    """The same and, in an amendment, what those gave who left meanwhile: it stays agreed, and no more than it."""
    if not project.amending_at:
        return parts_of(project)
    given: dict[int, int] = {}
    time = TimeSheetLine.objects.filter(visit__deployment__in=project.left_early()).exclude(state=TimeState.WRITTEN_OFF)
    for deployment, half_days in time.values_list("visit__deployment", "half_days"):
        given[deployment] = given.get(deployment, 0) + half_days
    left = [Part(one, given[one.pk], one.ends_on, has_left=True) for one in project.left_early() if one.pk in given]
    return [*parts_of(project), *left]


def used_by(deployment: Deployment) -> tuple[int, date | None]:
    """How many half days of a leader are planned or were given, and the day of the last of them."""
    visits = list(deployment.visits.exclude(state=VisitState.CANCELLED))
    return sum(visit.half_days for visit in visits), max((visit.visit_date for visit in visits), default=None)


def schools_to_sign(project: SupportProject) -> list[School]:
    """The supported school, then the supporting schools of everybody in the text."""
    supporting = {part.deployment.supporting_school_id: part.deployment.supporting_school for part in parts_of(project)}
    supported = project.case.supported_school
    return [*([supported] if supported else []), *supporting.values()]


def plan_is_changed(project: SupportProject) -> bool:
    """Whether the amendment that is begun has a draft of the plan of its own. What an earlier one left behind is none of it."""
    plan: ActionPlan | None = getattr(project, "plan", None)
    return plan is not None and plan.latest_revision_id != project.amending_draft


def plan_to_sign(project: SupportProject) -> ActionPlan | None:
    """The approved plan; in an amendment that leaves it alone, the one in force."""
    plan: ActionPlan | None = getattr(project, "plan", None)
    if project.amending_at and not plan_is_changed(project):
        return plan_in_force(project)
    return plan


def plan_to_change(project: SupportProject) -> ActionPlan | None:
    """What somebody starts from who writes the plan: its latest draft, or the one in force when an amendment begins with it."""
    plan: ActionPlan | None = getattr(project, "plan", None)
    if plan is None:
        return None
    return plan_in_force(project) if project.amending_at and not plan_is_changed(project) else plan.draft

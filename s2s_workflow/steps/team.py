"""Putting the team together: needs, leaders, their release and approval, visits, costs, and the school's yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import User
from common.actions import Refusal
from diary.policies import AllowanceUsedUp, HalfTaken
from finance.pricing import supporting_total_of, total_of
from s2s_workflow.actions.accept_team import accept_team
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.confirm_needs import confirm_needs
from s2s_workflow.actions.decline_team import decline_team
from s2s_workflow.actions.end_deployment import ENDABLE, end_deployment
from s2s_workflow.actions.name_lead import NAMED_AT, name_lead
from s2s_workflow.actions.plan_visit import PLANNABLE, MoreThanAgreed, plan_visit
from s2s_workflow.actions.present_costs import missing_before_costs, present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.arrangements import fingerprint_of
from s2s_workflow.enums import AMENDED_AT, ARRANGED_AT, ON_THE_TEAM, DeploymentState, Party, Stage, VisitState
from s2s_workflow.forms.team import (
    OTHER,
    SCHOOL,
    YES,
    AcceptForm,
    CostsForm,
    NeedsForm,
    ProposeForm,
    ReasonForm,
    ReleaseForm,
    VisitForm,
    half_of,
)
from s2s_workflow.models import Deployment, SupportProject, Visit
from s2s_workflow.money import payer_of, price_team, quote_of
from s2s_workflow.parties import amendment_is_drafted, schools_acted_for
from s2s_workflow.permissions import belongs_to
from s2s_workflow.steps.base import Doing, Step, party
from s2s_workflow.team import DEPLOYMENT_MOVES, is_accepted

TAB = "team"
PLANNED = Prefetch("visits", Visit.objects.exclude(state=VisitState.CANCELLED), to_attr="planned_visits")
"""Visits of a deployment that were not cancelled, in the order of time."""


def deployments_of(project: SupportProject) -> QuerySet[Deployment]:
    return project.deployments.select_related("leader__user", "supporting_school", "project__case").order_by("pk")


def team_of(project: SupportProject) -> QuerySet[Deployment]:
    return deployments_of(project).filter(state__in=ON_THE_TEAM, joins_later=False)


def planned_visits(project: SupportProject) -> QuerySet[Visit]:
    visits = Visit.objects.filter(deployment__project=project, state=VisitState.PLANNED)
    return visits.select_related("deployment__leader__user", "deployment__project__case").order_by("visit_date", "half", "pk")


def releases_leader(user: User, project: SupportProject, deployment: Deployment, on: date) -> bool:
    """Whoever releases leaders of the school that is asked for this one."""
    return deployment.supporting_school_id in schools_acted_for(user, on, Power.RELEASE)


def plans_visits(user: User, project: SupportProject, deployment: Deployment, on: date) -> bool:
    """The leader, the named lead, alliance staff."""
    return deployment.leader.user_id == user.pk or belongs_to(user, Party.NAMED_LEAD_OR_STAFF, project, on)


def may_become(state: DeploymentState) -> Any:
    return lambda project, deployment: state in DEPLOYMENT_MOVES.get(DeploymentState(deployment.state), ())


def people_are_chosen(project: SupportProject, target: Any) -> bool:
    """In brokering, and while an amendment is drawn up."""
    return project.stage == Stage.BROKERING or amendment_is_drafted(project)


def waits_for_the_school(project: SupportProject, target: Any) -> bool:
    return bool(project.costs_presented_at and not project.team_accepted_at)


def costs_can_be_presented(project: SupportProject, target: Any) -> bool:
    return bool(project.team()) and not project.team_accepted_at and not missing_before_costs(project)


def arrangements(project: SupportProject, target: Any) -> dict[str, Any]:
    """What the school is asked to accept: who comes, when, at what charge. Shares are not the school's business."""
    return {"team": team_of(project).prefetch_related(PLANNED), "quote": quote_of(project), "payer": payer_of(project).name}


def asks_again(project: SupportProject, target: Any) -> dict[str, Any]:
    """Whether the school, which has accepted what stands, is asked again by it."""
    return {"asks_again": is_accepted(project)}


def half_days_planned(deployment: Deployment) -> int:
    return sum(visit.half_days for visit in deployment.visits.exclude(state=VisitState.CANCELLED))


def costs_to_present(project: SupportProject, target: Any) -> dict[str, Any]:
    """The very lines that become the quote, or why there are none."""
    try:
        lines = price_team(project)
    except Refusal as refusal:
        return {"refusal": str(refusal)}
    return {"lines": lines, "total": total_of(lines), "supporting_total": supporting_total_of(lines)}


def _propose(doing: Doing) -> object:
    data = {name: value for name, value in doing.data.items() if name != "form_key"}
    return propose_deployment(project=doing.project, **data, by=doing.user, at=doing.at)


def _release(doing: Doing) -> object:
    releases = doing.data["releases"] == YES
    return release_leader(deployment=doing.target, releases=releases, by=doing.user, at=doing.at, reason=doing.data["reason"])


def _plan_visit(doing: Doing) -> object:
    """What the diary refuses is said beside the date, which is what has to change."""
    day, focus = doing.data["visit_date"], doing.data["focus"]
    try:
        return plan_visit(deployment=doing.target, visit_date=day, half=half_of(doing.data), focus=focus, by=doing.user, at=doing.at)
    except (HalfTaken, AllowanceUsedUp, MoreThanAgreed) as refusal:
        raise ValidationError({"visit_date": str(refusal)}) from refusal


def _present(doing: Doing) -> object:
    name = doing.data["payer_name"] if doing.data["payer"] == OTHER else ""
    return present_costs(project=doing.project, payer_name=name, by=doing.user, at=doing.at)


def _needs(slug: str, label: Any, ready: Callable[[SupportProject, Any], bool]) -> Step:
    """Confirming comes first of all; a change of what was confirmed is there when it is wanted."""
    return Step(
        slug=slug,
        tab=TAB,
        label=label,
        done=_("The needs are confirmed."),
        form=NeedsForm,
        act=lambda doing: confirm_needs(project=doing.project, needs=doing.data["needs"], by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        stages=(Stage.BROKERING,),
        ready=ready,
        initial=lambda project, target: {"needs": project.needs},
    )


STEPS = [
    _needs("confirm-needs", _("Confirm the needs"), lambda project, target: not project.needs_confirmed_at),
    Step(
        slug="accept-team",
        tab=TAB,
        label=_("Accept team and costs"),
        done=_("You accepted the team, the timetable and the costs."),
        explanation=_("Nothing starts before the agreement is signed."),
        form=AcceptForm,
        act=lambda doing: accept_team(project=doing.project, seen=doing.data["seen"], by=doing.user, at=doing.at),
        who=party(Party.SUPPORTED_HEAD),
        stages=ARRANGED_AT,
        ready=waits_for_the_school,
        initial=lambda project, target: {"seen": fingerprint_of(project)},
        context=arrangements,
        template="s2s_workflow/steps/accept_team.html",
    ),
    Step(
        slug="decline-team",
        tab=TAB,
        label=_("Ask for another"),
        done=_("Thank you. The alliance will come back to you with another proposal."),
        explanation=_("Another team, timetable or price: say what should be different."),
        form=ReasonForm,
        act=lambda doing: decline_team(project=doing.project, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.SUPPORTED_HEAD),
        stages=ARRANGED_AT,
        ready=waits_for_the_school,
    ),
    Step(
        slug="propose-leader",
        tab=TAB,
        label=_("Propose a leader"),
        done=_("The leader is proposed. Their school is asked whether it releases them."),
        explanation=_("Look at phase, context, distance, expertise, how they work, and what they still have time for."),
        form=ProposeForm,
        act=_propose,
        who=party(Party.STAFF),
        stages=(Stage.BROKERING, *AMENDED_AT),
        ready=people_are_chosen,
        context=lambda project, target: {"needs": project.needs},
        template="s2s_workflow/steps/propose_leader.html",
    ),
    Step(
        slug="release-leader",
        tab=TAB,
        label=_("Release or not"),
        done=_("Your answer is recorded. Thank you."),
        button=_("Send the answer"),
        form=ReleaseForm,
        act=_release,
        who=releases_leader,
        stages=(Stage.BROKERING, *AMENDED_AT),
        targets=deployments_of,
        ready=may_become(DeploymentState.RELEASED),
        template="s2s_workflow/steps/on_deployment.html",
    ),
    Step(
        slug="name-lead",
        tab=TAB,
        label=_("Name as the lead"),
        done=_("The team has its lead."),
        act=lambda doing: name_lead(deployment=doing.target, by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        stages=NAMED_AT,
        targets=deployments_of,
        ready=lambda project, target: target.state == DeploymentState.APPROVED and not target.is_named_lead and not target.joins_later,
        context=asks_again,
        template="s2s_workflow/steps/on_deployment.html",
    ),
    Step(
        slug="approve-deployment",
        tab=TAB,
        label=_("Approve the deployment"),
        done=_("The deployment is approved."),
        act=lambda doing: approve_deployment(deployment=doing.target, by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        stages=(Stage.BROKERING, *AMENDED_AT),
        targets=deployments_of,
        ready=may_become(DeploymentState.APPROVED),
        template="s2s_workflow/steps/on_deployment.html",
    ),
    Step(
        slug="plan-visit",
        tab=TAB,
        label=_("Plan a visit"),
        done=_("The visit is planned, and the time is taken in the leader’s diary."),
        form=VisitForm,
        act=_plan_visit,
        who=plans_visits,
        stages=PLANNABLE,
        targets=team_of,
        context=lambda project, deployment: {"planned": half_days_planned(deployment), "asks_again": is_accepted(project)},
        template="s2s_workflow/steps/on_deployment.html",
    ),
    Step(
        slug="end-deployment",
        tab=TAB,
        label=_("Take off the team"),
        done=_("The leader is not on the team any more."),
        explanation=_("Visits that are still planned are cancelled, and their half days are free again."),
        form=ReasonForm,
        act=lambda doing: end_deployment(deployment=doing.target, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        stages=ENDABLE,
        targets=deployments_of,
        ready=may_become(DeploymentState.ENDED),
        template="s2s_workflow/steps/on_deployment.html",
        is_danger=True,
    ),
    Step(
        slug="cancel-visit",
        tab=TAB,
        label=_("Cancel the visit"),
        done=_("The visit is cancelled, and the time is free again."),
        form=ReasonForm,
        act=lambda doing: cancel_visit(visit=doing.target, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=lambda user, project, visit, on: plans_visits(user, project, visit.deployment, on),
        stages=PLANNABLE,
        targets=planned_visits,
        context=asks_again,
        template="s2s_workflow/steps/cancel_visit.html",
        is_danger=True,
    ),
    Step(
        slug="present-costs",
        tab=TAB,
        label=_("Present team and costs"),
        done=_("Team, timetable and costs are before the school."),
        explanation=_("The head of the school sees the team, the visits and the charges, and says whether the school accepts them."),
        form=CostsForm,
        act=_present,
        who=party(Party.STAFF),
        stages=ARRANGED_AT,
        ready=costs_can_be_presented,
        initial=lambda project, target: {"payer": OTHER if project.payer_name else SCHOOL, "payer_name": project.payer_name},
        context=costs_to_present,
        template="s2s_workflow/steps/present_costs.html",
    ),
    _needs("change-needs", _("Change the needs"), lambda project, target: bool(project.needs_confirmed_at)),
]

"""An amendment of the signed agreement, while the work goes on: begin it, change days, price it, put it up for signature (D4)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.actions import Refusal
from finance.pricing import supporting_total_of, total_of
from s2s_workflow.actions.change_days import change_days
from s2s_workflow.actions.drop_amendment import drop_amendment
from s2s_workflow.actions.freeze_amendment import freeze_amendment
from s2s_workflow.actions.open_amendment import open_amendment
from s2s_workflow.actions.price_amendment import price_amendment
from s2s_workflow.agreement_blocks import blocks_of
from s2s_workflow.agreement_text import assemble_text
from s2s_workflow.amendment_guards import missing_in_amendment
from s2s_workflow.enums import AMENDED_AT, Party, Stage
from s2s_workflow.forms.amendments import DaysForm, DropAmendmentForm, OpenAmendmentForm
from s2s_workflow.guards import every_day_is_priced
from s2s_workflow.models import Deployment, SupportProject
from s2s_workflow.money import price_team
from s2s_workflow.parties import amendment_is_drafted
from s2s_workflow.steps.base import Doing, Step, party
from s2s_workflow.steps.team import team_of

TAB = "agreement"


def _is_drafted(project: SupportProject, target: Any) -> bool:
    return amendment_is_drafted(project)


def _team(project: SupportProject) -> QuerySet[Deployment]:
    return team_of(project)


def _days_now(project: SupportProject, deployment: Deployment) -> dict[str, Any]:
    return {
        "half_days": deployment.next_half_days or deployment.half_days,
        "ends_on": deployment.next_ends_on or deployment.ends_on,
    }


def _change_days(doing: Doing) -> object:
    data = doing.data
    return change_days(deployment=doing.target, half_days=data["half_days"], ends_on=data["ends_on"], by=doing.user, at=doing.at)


def _costs(project: SupportProject, target: Any) -> dict[str, Any]:
    try:
        lines = price_team(project)
    except Refusal as refusal:
        return {"refusal": str(refusal)}
    return {"lines": lines, "total": total_of(lines), "supporting_total": supporting_total_of(lines)}


def _preview(project: SupportProject, target: Any) -> dict[str, Any]:
    """The text as it would be frozen today."""
    if not amendment_is_drafted(project) or missing_in_amendment(project):
        return {}
    return {"blocks": blocks_of(assemble_text(project, version=project.agreements.count() + 1, on=timezone.localdate()))}


STEPS = [
    Step(
        slug="open-amendment", tab=TAB, label=_("Begin an amendment"), done=_("The amendment is begun. The agreement holds meanwhile."),
        act=lambda doing: open_amendment(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=party(Party.STAFF), form=OpenAmendmentForm, stages=(Stage.ACTIVE,),
        ready=lambda project, target: project.amending_at is None,
        explanation=_(
            "For other days, people, costs or objectives. The work goes on as it was agreed until every party has signed the next version."
        ),
    ),
    Step(
        slug="change-days", tab="team", label=_("Change the days"), done=_("The days stand in the amendment."), act=_change_days,
        who=party(Party.STAFF), form=DaysForm, stages=AMENDED_AT, targets=_team, ready=_is_drafted, initial=_days_now,
        explanation=_("They hold once every party has signed the amendment."), template="s2s_workflow/steps/on_deployment.html",
    ),
    Step(
        slug="price-amendment", tab=TAB, label=_("Work out the costs of the amendment"),
        done=_("The costs of the amendment are worked out."),
        act=lambda doing: price_amendment(project=doing.project, by=doing.user, at=doing.at), who=party(Party.STAFF), stages=AMENDED_AT,
        ready=lambda project, target: amendment_is_drafted(project) and every_day_is_priced(project) is not None, context=_costs,
        explanation=_("The whole team as it will be, with what those gave who left. It holds once every party has signed."),
        template="s2s_workflow/steps/present_costs.html",
    ),
    Step(
        slug="freeze-amendment", tab=TAB, label=_("Put the amendment up for signature"),
        done=_("The text is frozen, and every party was asked to sign."),
        act=lambda doing: freeze_amendment(project=doing.project, by=doing.user, at=doing.at), who=party(Party.STAFF), stages=AMENDED_AT,
        ready=lambda project, target: amendment_is_drafted(project) and not missing_in_amendment(project), context=_preview,
        explanation=_("Read the text below: it is the whole agreement as amended. Once it is frozen nobody can change it."),
        template="s2s_workflow/freeze_agreement.html",
    ),
    Step(
        slug="drop-amendment", tab=TAB, label=_("Drop the amendment"), done=_("The amendment is dropped. The agreement stays as it is."),
        act=lambda doing: drop_amendment(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=party(Party.STAFF), form=DropAmendmentForm, stages=AMENDED_AT, is_danger=True,
        ready=lambda project, target: project.amending_at is not None,
        explanation=_("Nothing of it comes about: not the days, not the people who were to join, not the plan. What was signed holds."),
    ),
]  # fmt: skip

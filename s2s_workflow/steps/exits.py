"""An end of the support before its time: proposed by one side, agreed to or refused by the other (D4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from s2s_workflow.actions.agree_exit import agree_exit
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.refuse_exit import refuse_exit
from s2s_workflow.actions.withdraw_exit import withdraw_exit
from s2s_workflow.arrangements import fingerprint_of_exit
from s2s_workflow.enums import Party, Stage
from s2s_workflow.exits import comes_first, is_for_others_to_agree
from s2s_workflow.forms.reviews import AgreeExitForm, ExitForm, RefuseExitForm, WithdrawExitForm
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import belongs_to
from s2s_workflow.steps.base import Doing, Step, party

TAB, TEMPLATE = "reviews", "s2s_workflow/exit_step.html"


def _plan(doing: Doing) -> object:
    data = doing.data
    return plan_exit(project=doing.project, exit_on=data["exit_on"], exit_steps=data["exit_steps"], by=doing.user, at=doing.at)


def _agree(doing: Doing) -> object:
    return agree_exit(project=doing.project, seen=doing.data["seen"], by=doing.user, at=doing.at, reason=doing.data["reason"])


def _refuse(doing: Doing) -> object:
    return refuse_exit(project=doing.project, seen=doing.data["seen"], by=doing.user, at=doing.at, reason=doing.data["reason"])


def _agrees(user: User, project: SupportProject, target: Any, on: date) -> bool:
    return belongs_to(user, Party.SUPPORTED_HEAD_OR_S2S_LEAD, project, on) and not is_for_others_to_agree(user, project)


def _is_proposed(project: SupportProject, target: Any) -> bool:
    return project.exit_on is not None


def _seen(project: SupportProject, target: Any) -> dict[str, Any]:
    return {"seen": fingerprint_of_exit(project)}


def _comes_first(project: SupportProject, target: Any) -> dict[str, Any]:
    return {"comes_first": comes_first(project, timezone.localdate())}


STEPS = [
    Step(
        slug="agree-exit", tab=TAB, label=_("Agree to the end of the support"), button=_("Agree"),
        done=_("The support is being brought to its end."), act=_agree, who=_agrees, form=AgreeExitForm,
        stages=(Stage.ACTIVE,), ready=_is_proposed, initial=_seen, context=_comes_first, template=TEMPLATE,
        explanation=_("The head of the school agrees. In a dispute the S2S lead decides."),
    ),
    Step(
        slug="refuse-exit", tab=TAB, label=_("Do not agree to the end of the support"), button=_("I do not agree"),
        done=_("Your answer was sent to the lead of the team and the alliance. The work goes on."), act=_refuse,
        who=party(Party.SUPPORTED_HEAD), form=RefuseExitForm, stages=(Stage.ACTIVE,), ready=_is_proposed, initial=_seen, template=TEMPLATE,
        explanation=_("The work then goes on as it was agreed. Another end can be proposed."),
    ),
    Step(
        slug="plan-exit", tab=TAB, label=_("Propose an end of the support"), button=_("Propose it"),
        done=_("The head of the school was asked whether they agree."), act=_plan, who=party(Party.NAMED_LEAD_OR_STAFF), form=ExitForm,
        stages=(Stage.ACTIVE,), initial=lambda project, target: {"exit_on": project.exit_on, "exit_steps": project.exit_steps},
        explanation=_("Costs that were paid and not spent are computed, and refunded after the end."),
    ),
    Step(
        slug="withdraw-exit", tab=TAB, label=_("Take the proposed end back"), button=_("Take it back"),
        done=_("The proposed end is taken back, and the school was told. The work goes on."),
        act=lambda doing: withdraw_exit(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=party(Party.NAMED_LEAD_OR_STAFF), form=WithdrawExitForm, stages=(Stage.ACTIVE,), ready=_is_proposed, template=TEMPLATE,
        explanation=_("The work then goes on as it was agreed."),
    ),
]  # fmt: skip

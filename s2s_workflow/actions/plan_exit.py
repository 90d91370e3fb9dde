from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party, Stage
from s2s_workflow.exits import PROPOSED, set_exit
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.telling import people_with_power, tell


@action
def plan_exit(*, project: SupportProject, exit_on: date, exit_steps: str, by: By, at: datetime) -> SupportProject:
    """
    Propose to bring a project to its end: the last day, the steps, and what is to be refunded (D4). The head then agrees, or does not;
    until then it holds nobody. Proposing again moves it.

    Raises `PermissionDenied` unless by the named lead or alliance staff, `NotNow`, and `ValidationError`.
    """
    project = lock_project(project)
    check_user_is(by, Party.NAMED_LEAD_OR_STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.ACTIVE)
    set_exit(project, exit_on=exit_on, exit_steps=exit_steps, at=at)
    record_event(project.case, PROPOSED, by=by, at=at, public=True)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, heads, N_("An end of your support was proposed. Please say whether you agree."), at=at)
    synchronise_turns(project.case, at=at)
    return project

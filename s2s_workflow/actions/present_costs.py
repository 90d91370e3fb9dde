from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import ARRANGED_AT, Party
from s2s_workflow.guards import designations_are_live, lead_is_named, visits_are_planned
from s2s_workflow.models import SupportProject
from s2s_workflow.money import quote_team
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_stage_is, lock_project
from s2s_workflow.telling import people_with_power, tell


@action
def present_costs(*, project: SupportProject, by: By, at: datetime, payer_name: str = "") -> SupportProject:
    """
    Price the team from the rates in force on its first day, and put team, timetable and costs to the supported head (W4).

    `payer_name` names who pays when it is not the supported school. Raises `PermissionDenied`, `NotNow`, `NotReady` while the
    team is not complete, and finance's refusals where no rate is in force.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, *ARRANGED_AT)
    if missing := missing_before_costs(project):
        raise NotReady(" ".join(missing))
    quote_team(project, by=user, at=at)
    project.payer_name = payer_name
    project.costs_presented_at, project.costs_presented_by = at, user
    project.team_accepted_at = project.team_accepted_by = None
    project.save()
    record_event(project.case, N_("Team, timetable and costs were presented to the school."), by=by, at=at, public=True)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    tell(project, heads, N_("A team, its timetable and the costs are ready for you. Please say whether you accept them."), at=at)
    synchronise_turns(project.case, at=at)
    return project


def missing_before_costs(project: SupportProject) -> list[str]:
    """What has to be there before the team can be priced and shown, in words; empty when all is."""
    return [sentence for guard in (lead_is_named, designations_are_live, visits_are_planned) if (sentence := guard(project))]

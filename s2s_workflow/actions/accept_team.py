from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.arrangements import fingerprint_of
from s2s_workflow.enums import ARRANGED_AT, Party
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, staff_of, tell, tell_governors


class ArrangementsChanged(Refusal):
    """Team, timetable or costs are not any more what was shown."""


class TeamIsAccepted(Refusal):
    """Somebody accepted for the school first."""


@action
def accept_team(*, project: SupportProject, seen: str, by: By, at: datetime) -> SupportProject:
    """
    Accept team, timetable and costs for the supported school (W4, W5); nothing starts before. The governors of all schools are told.

    `seen` is the fingerprint of what was shown (`arrangements.fingerprint_of`). Raises `PermissionDenied` unless by its head,
    `NotNow`, `NotReady` while nothing is presented, `TeamIsAccepted`, and `ArrangementsChanged`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, *ARRANGED_AT)
    if not project.costs_presented_at:
        raise NotReady(_("The team and its costs are not presented to you at the moment: the alliance is at work on them."))
    if project.team_accepted_at:
        raise TeamIsAccepted(_("The team and its costs were accepted for your school already."))
    if seen != fingerprint_of(project):
        raise ArrangementsChanged(
            _("The team, the timetable or the costs were changed since they were shown to you. Read them again before you accept.")
        )
    project.team_accepted_at, project.team_accepted_by = at, user
    project.save()
    record_event(project.case, N_("The school accepted the team, the timetable and the costs."), by=by, at=at, public=True)
    tell(project, staff_of(project), N_("A school accepted its team."), at=at, kind=NEWS)
    tell_governors(project, at=at)
    synchronise_turns(project.case, at=at)
    return project

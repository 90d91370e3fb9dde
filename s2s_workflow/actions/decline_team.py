from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import ARRANGED_AT, Party
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_reason, check_stage_is, lock_project
from s2s_workflow.team import ask_for_acceptance_again
from s2s_workflow.telling import NEWS, staff_of, tell


@action
def decline_team(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Ask for another team, timetable or price, with a reason (W5): the costs count as not presented.

    Raises `PermissionDenied` unless by the supported head, `NotNow`, `NotReady` while nothing is presented, `ValidationError`.
    """
    project = lock_project(project)
    check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, *ARRANGED_AT)
    if not project.costs_presented_at:
        raise NotReady(_("The team and its costs are not presented to you at the moment: the alliance is at work on them."))
    check_reason(reason)
    ask_for_acceptance_again(project)
    record_event(project.case, N_("The school asked for another team, timetable or price."), by=by, at=at, reason=reason, public=True)
    tell(project, staff_of(project), N_("A school asked for changes to its team or the costs."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return project

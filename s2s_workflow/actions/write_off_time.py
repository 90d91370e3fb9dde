from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from s2s_workflow.actions.decide_time import TimeIsDecided
from s2s_workflow.enums import UNDECIDED, Party, TimeState
from s2s_workflow.models import TimeSheetLine
from s2s_workflow.money import keep_refund_true
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, lock_project
from s2s_workflow.telling import NEWS, people_with_power, tell


@action
def write_off_time(*, line: TimeSheetLine, by: By, at: datetime, reason: str = "") -> TimeSheetLine:
    """
    Write off time that nobody will approve or correct any more, for instance of a leader who left: it is billed to nobody (D3).

    The leader and the school that released them are told. Raises `PermissionDenied` unless by alliance staff, `TimeIsDecided` once
    it was approved, and `ValidationError` without a reason.
    """
    project = lock_project(line.visit.deployment.project)
    today = timezone.localdate(at)
    user = check_user_is(by, Party.STAFF, project, today)
    line = TimeSheetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if line.state not in UNDECIDED:
        raise TimeIsDecided(_("This time was decided on already."))
    check_reason(reason)
    line.state, line.decided_at, line.decided_by = TimeState.WRITTEN_OFF, at, user
    line.save()
    keep_refund_true(project)
    deployment = line.visit.deployment
    record_event(
        project.case,
        N_("The time of %(leader)s on %(day)s was written off."),
        by=by,
        at=at,
        reason=reason,
        leader=str(deployment.leader),
        day=day_to_keep(line.visit.visit_date),
    )
    people = [deployment.leader.user, *people_with_power(deployment.supporting_school, Power.APPROVE_TIME, today)]
    tell(project, people, N_("Time of a visit was written off."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return line

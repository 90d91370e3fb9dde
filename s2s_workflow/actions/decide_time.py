from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.enums import TimeState
from s2s_workflow.models import TimeSheetLine
from s2s_workflow.money import keep_refund_true
from s2s_workflow.parties import may_act_for
from s2s_workflow.permissions import check_is_a_person
from s2s_workflow.policies import check_reason, lock_project
from s2s_workflow.telling import NEWS, tell
from s2s_workflow.time_approval import may_decide_on_time


class TimeIsDecided(Refusal):
    """Somebody decided on the line meanwhile."""


@action
def decide_time(*, line: TimeSheetLine, approve: bool, by: By, at: datetime, reason: str = "") -> TimeSheetLine:
    """
    Approve or return a time-sheet line: the head of the school that released the leader decides, never the leader (D3). Where nobody
    else there may, somebody of the alliance's side stands in (`time_approval`), and the case says so.

    Raises `PermissionDenied`, `TimeIsDecided`, and `ValidationError` for a return without a reason.
    """
    project = lock_project(line.visit.deployment.project)
    line = TimeSheetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    deployment, user, today = line.visit.deployment, check_is_a_person(by), timezone.localdate(at)
    leader, school = deployment.leader, deployment.supporting_school
    if not may_decide_on_time(user, project, line, today):
        raise PermissionDenied
    if line.state != TimeState.SUBMITTED:
        raise TimeIsDecided(_("This time was decided on already."))
    check_reason(reason, needed=not approve)
    line.state = TimeState.APPROVED if approve else TimeState.RETURNED
    line.decided_at, line.decided_by = at, user
    line.save()
    keep_refund_true(project)
    if may_act_for(user, school, Power.APPROVE_TIME, today):
        sentence = N_("The time of %(leader)s was approved.") if approve else N_("The time of %(leader)s was returned.")
    elif approve:
        sentence = N_("The time of %(leader)s was approved in place of %(school)s, where nobody else may.")
    else:
        sentence = N_("The time of %(leader)s was returned in place of %(school)s, where nobody else may.")
    record_event(project.case, sentence, by=by, at=at, reason=reason, leader=str(leader), school=school.name)
    tell(project, [leader.user], N_("Your time sheet was decided on."), at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return line

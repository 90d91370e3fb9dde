from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.actions.decide_time import TimeIsDecided
from s2s_workflow.enums import TimeState
from s2s_workflow.models import TimeSheetLine
from s2s_workflow.money import keep_refund_true, price_of_time
from s2s_workflow.permissions import check_is_a_person
from s2s_workflow.policies import lock_project


@action
def resubmit_time(*, line: TimeSheetLine, half_days: int, by: By, at: datetime, reason: str = "") -> TimeSheetLine:
    """
    Send returned time in again, with as many half days as were given, at most those of the visit (D3).

    Raises `PermissionDenied` unless by the leader, `TimeIsDecided` unless it was returned, and `ValidationError`.
    """
    project = lock_project(line.visit.deployment.project)
    line = TimeSheetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if check_is_a_person(by).pk != line.visit.deployment.leader.user_id:
        raise PermissionDenied
    if line.state != TimeState.RETURNED:
        raise TimeIsDecided(_("This time was not returned."))
    if not 0 < half_days <= line.visit.half_days:
        raise ValidationError({"half_days": _("Give the half days of the visit: 1 or %(most)d.") % {"most": line.visit.half_days}})
    line.state, line.half_days, line.submitted_at = TimeState.SUBMITTED, half_days, at
    line.decided_at = line.decided_by = None
    line.charge, line.supporting_share = price_of_time(line.visit, half_days=half_days)
    line.save()
    keep_refund_true(project)
    record_event(project.case, N_("Returned time was sent in again."), by=by, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    return line

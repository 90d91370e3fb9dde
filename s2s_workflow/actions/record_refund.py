from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject
from s2s_workflow.money import refund_waits
from s2s_workflow.money_guards import time_is_decided
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, NotReady, lock_project


@action
def record_refund(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Record that unspent costs were paid back (D4).

    Raises `PermissionDenied` unless by finance or an S2S lead, `NotNow`, and `NotReady` while time waits that would change the sum.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.FINANCE_OR_S2S_LEAD, project, timezone.localdate(at))
    if not refund_waits(project):
        raise NotNow(_("There is nothing to refund."))
    if missing := time_is_decided(project):
        raise NotReady(missing)
    project.refunded_at, project.refunded_by = at, user
    project.save()
    record_event(project.case, N_("Unspent costs were refunded."), by=by, at=at, reason=reason, public=True)
    synchronise_turns(project.case, at=at)
    return project

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.amending import begin_amendment
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, check_stage_is, lock_project


class AmendmentIsOpen(Refusal):
    """One amendment at a time."""


@action
def open_amendment(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Begin an amendment of the signed agreement: days, people, costs or objectives are to change, and the work goes on (D4).

    What is agreed holds until all parties have signed the next version. Raises `PermissionDenied` unless by alliance staff, `NotNow`,
    `AmendmentIsOpen`, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.ACTIVE)
    check_reason(reason)
    if project.amending_at:
        raise AmendmentIsOpen(_("An amendment of the agreement is open already."))
    begin_amendment(project, by=user, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    return project

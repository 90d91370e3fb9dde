from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.models import ProtocolVersion
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, check_stage_is, lock_project


@action
def choose_protocol(*, project: SupportProject, version: ProtocolVersion, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Decide in triage which protocol the case follows from now on, in the version given (P2). Later it keeps the one it has.

    Raises `PermissionDenied` unless by alliance staff, `NotNow` after triage, and `ValidationError` without a reason.
    """
    project = lock_project(project)
    check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.TRIAGE)
    check_reason(reason)
    project.case.protocol_version = version
    project.case.save()
    record_event(project.case, N_("The case follows %(protocol)s."), by=by, at=at, reason=reason, public=True, protocol=str(version))
    synchronise_turns(project.case, at=at)
    return project

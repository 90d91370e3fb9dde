from datetime import datetime

from django.utils import timezone

from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.actions.freeze_agreement import ask_for_signatures, freeze_text
from s2s_workflow.amendment_guards import missing_in_amendment
from s2s_workflow.enums import Party
from s2s_workflow.in_force import agreement_in_force
from s2s_workflow.models import Agreement, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_amendment_is_drafted, lock_project


@action
def freeze_amendment(*, project: SupportProject, by: By, at: datetime) -> Agreement:
    """
    Freeze the amended text as the next version of the agreement, and ask every party to sign it (D4, W8).

    The project stays at its stage, and the version before in force. Raises `PermissionDenied` unless by alliance staff, `NotNow`, and
    `NotReady`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_amendment_is_drafted(project)
    if missing := missing_in_amendment(project):
        raise NotReady(" ".join(missing))
    agreement = freeze_text(project, by=user, at=at, amends=agreement_in_force(project))
    synchronise_turns(project.case, at=at)
    ask_for_signatures(project, at=at)
    return agreement

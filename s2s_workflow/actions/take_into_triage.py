from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.assign_owner import assign_owner
from cases.enums import CaseKind
from cases.models import Case
from cases.permissions import check_user_can_handle_cases
from cases.policies import check_case_is_open, lock_case
from common.actions import By, Refusal, action
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Stage
from s2s_workflow.models import SupportProject


class NotASupportCase(Refusal):
    """Only requests for support become projects."""


class AlreadyInTriage(Refusal):
    """Somebody took the request into triage first."""


@action
def take_into_triage(*, case: Case, has_conflict: bool, by: By, at: datetime, details: str = "") -> SupportProject | None:
    """
    Declare one's interests and, without a conflict, take the request: its owner is now `by`, its project in triage.

    With a conflict only the declaration is recorded and None returned: somebody else takes the request.
    Raises `PermissionDenied`, `CaseIsClosed`, `NotASupportCase`, `AlreadyInTriage`, `OwnerHasConflict`, and `ValidationError` for a
    conflict without details.
    """
    user = check_user_can_handle_cases(by)
    case = lock_case(case)
    check_case_is_open(case)
    if case.kind != CaseKind.SUPPORT:
        raise NotASupportCase(_("Only a request for support can be taken into triage."))
    if SupportProject.objects.filter(case=case).exists():
        raise AlreadyInTriage(_("This request is in triage already."))
    declare_interests(case=case, has_conflict=has_conflict, details=details, by=by, at=at)
    if has_conflict:
        return None
    project = SupportProject.objects.create(case=assign_owner(case=case, owner=user, by=by, at=at), stage_since=at)
    return move_project(project=project, to=Stage.TRIAGE, by=by, at=at)

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.release_case import release_case
from cases.events import N_, record_event
from cases.models import Case
from cases.permissions import check_user_can_handle_cases
from cases.policies import check_case_is_open, lock_case
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.models import ConflictDeclaration
from s2s_workflow.policies import OwnerHasConflict


@action
def declare_interests(*, case: Case, has_conflict: bool, by: By, at: datetime, details: str = "") -> ConflictDeclaration:
    """
    Say whether one has ties to the school (W3). An owner who has gives the case back: somebody else takes it on.

    Raises `PermissionDenied`, `CaseIsClosed`, `OwnerHasConflict` for somebody who declared a conflict before, and
    `ValidationError` for a conflict without details.
    """
    user = check_user_can_handle_cases(by)
    case = lock_case(case)
    check_case_is_open(case)
    if ConflictDeclaration.objects.filter(case=case, declared_by=user, has_conflict=True).exists():
        raise OwnerHasConflict(_("You declared a conflict of interest with this school, so somebody else takes the request."))
    declaration = ConflictDeclaration(case=case, declared_by=user, declared_at=at, has_conflict=has_conflict, details=details)
    declaration.full_clean()
    declaration.save()
    if has_conflict:
        record_event(case, N_("A conflict of interest was declared; somebody else takes this request."), by=by, at=at)
        if case.owner == user:
            case = release_case(case=case, by=by, at=at)
    else:
        record_event(case, N_("Interests were declared: no conflict."), by=by, at=at)
    synchronise_turns(case, at=at)
    return declaration

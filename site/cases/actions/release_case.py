from datetime import datetime

from cases.events import N_, record_event
from cases.models import Case
from cases.permissions import check_user_can_handle_cases
from cases.policies import check_case_is_open, lock_case
from cases.turns import synchronise_turns
from common.actions import By, action


@action
def release_case(*, case: Case, by: By, at: datetime) -> Case:
    """
    Give a case back: nobody owns it until one of the alliance's staff takes it on.

    Raises `PermissionDenied` and `CaseIsClosed`. A case that nobody owns stays as it is.
    """
    check_user_can_handle_cases(by)
    case = lock_case(case)
    check_case_is_open(case)
    if case.owner is None:
        return case
    case.owner = None
    case.save()
    record_event(case, N_("Somebody else is going to look after this."), by=by, at=at, public=True)
    synchronise_turns(case, at=at)
    return case

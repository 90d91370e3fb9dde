from datetime import datetime

from cases.actions.end_case import end_case
from cases.actions.tell_staff import tell_staff
from cases.enums import PublicStatus
from cases.models import Case
from common.actions import By, action


@action
def withdraw_case(*, case: Case, reason: str, by: By, at: datetime) -> Case:
    """
    Withdraw a request, for its requester (by link) or the supported school; the alliance is told.

    Raises `CaseIsClosed`, and `ValidationError` without a reason. The caller has opened the link or found the case
    among those the person may see.
    """
    case = end_case(case=case, status=PublicStatus.WITHDRAWN, reason=reason, by=by, at=at)
    tell_staff(case, "case_withdrawn", at=at)
    return case

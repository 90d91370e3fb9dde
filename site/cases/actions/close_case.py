from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.end_case import end_case, tell_requester
from cases.enums import PublicStatus
from cases.models import Case
from cases.permissions import check_user_can_decide_on_case, check_user_works_on_case
from cases.policies import check_case_is_open, lock_case
from cases.queries import endings_of
from common.actions import By, Refusal, action

DECIDED = (PublicStatus.DECLINED, PublicStatus.REFERRED)
"""Endings that only an S2S lead decides."""


class EndingNotListed(Refusal):
    """As the case stands, it is not ended this way, or a step of its own ends it."""


@action
def close_case(*, case: Case, status: PublicStatus, reason: str, by: By, at: datetime) -> Case:
    """
    End a case for good: decline, refer or complete it, with a reason that is sent to the requester (W1).

    Raises `PermissionDenied` unless by alliance staff, and by an S2S lead to decline or refer; `CaseIsClosed`; `EndingNotListed`
    for an end that `queries.endings_of` does not give them; and `ValidationError` without a reason.
    """
    check_user_can_decide_on_case(by, case) if status in DECIDED else check_user_works_on_case(by, case)
    if status == PublicStatus.WITHDRAWN:
        raise ValueError("The requester withdraws; the alliance declines.")
    case = lock_case(case)
    check_case_is_open(case)
    if status not in endings_of(case, by):
        raise EndingNotListed(_("As things stand, this case cannot be ended as “%(how)s”.") % {"how": PublicStatus(status).label})
    case = end_case(case=case, status=status, reason=reason, by=by, at=at)
    tell_requester(case, at=at)
    return case

from datetime import datetime

from cases.models import Message
from cases.permissions import check_user_works_on_case
from cases.policies import lock_case
from cases.turns import synchronise_turns
from common.actions import By, action


@action
def read_answer(*, answer: Message, by: By, at: datetime) -> Message:
    """Mark an answer as read by the alliance; reading it twice changes nothing. Raises `PermissionDenied`."""
    check_user_works_on_case(by, answer.case)
    case = lock_case(answer.case)
    answer.refresh_from_db()
    if answer.settled_at is None:
        answer.settled_at = at
        answer.save()
        synchronise_turns(case, at=at)
    return answer

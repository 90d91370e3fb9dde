from datetime import datetime

from alliance.models import SchoolRole, User
from common.actions import By, action
from common.links import revoke_links
from diary.actions.make_calendar_feed import check_may_feed
from diary.feeds import PURPOSE


@action
def revoke_calendar_feed(*, subject: User | SchoolRole, by: By, at: datetime) -> int:
    """
    Make the address of a feed useless; returns how many there were. Again changes nothing.

    Raises `PermissionDenied` unless it is one's own, or one's own verified role at a school that one books for.
    """
    check_may_feed(subject, by, at)
    return revoke_links(purpose=PURPOSE, subject=subject, at=at)

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alliance.enums import Power
from alliance.models import SchoolRole, User
from alliance.queries import schools_of
from common.actions import Actor, By, action
from common.links import make_link, revoke_links
from diary.feeds import PURPOSE


@action
def make_calendar_feed(*, subject: User | SchoolRole, by: By, at: datetime) -> str:
    """
    Make a feed for a person, or by a role for its school, in place of the one before, and return its token: the only moment it exists
    in clear.

    Raises `PermissionDenied` unless it is one's own, or one's own verified role at a school that one books for.
    """
    check_may_feed(subject, by, at)
    revoke_links(purpose=PURPOSE, subject=subject, at=at)
    return make_link(purpose=PURPOSE, subject=subject, at=at)


def check_may_feed(subject: User | SchoolRole, by: By, at: datetime) -> None:
    user: User | None = Actor.of(by).user
    if user is None or not user.is_active:
        raise PermissionDenied
    if isinstance(subject, User):
        own = subject == user
    else:
        own = subject.user == user and subject.school in schools_of(user, timezone.localdate(at), Power.BOOK)
    if not own:
        raise PermissionDenied

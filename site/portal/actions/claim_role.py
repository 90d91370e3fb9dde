from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.actions.claim_school_role import claim_school_role
from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.queries import told_of_requests
from common.actions import By, Refusal, action
from outbox.actions.write_message import write_message

MOST_OPEN_CLAIMS = 5


class TooManyClaims(Refusal):
    """The person has claimed several roles that nobody has checked yet."""


@action
def claim_role(*, user: User, school: School, kind: SchoolRoleKind, by: By, at: datetime) -> SchoolRole:
    """
    Say what one is at a school, and tell the S2S lead, who checks it. Until then it opens nothing.

    Raises `TooManyClaims` and what `claim_school_role` does.
    """
    if SchoolRole.objects.claimed().filter(user=user).count() >= MOST_OPEN_CLAIMS:
        raise TooManyClaims(_("You have told us about several roles already. Wait until we have checked them."))
    role = claim_school_role(user=user, school=school, kind=kind, starts_on=timezone.localdate(at), by=by, at=at)
    for lead in told_of_requests():
        write_message(kind="role_claimed", about=role, to=lead, at=at)
    return role

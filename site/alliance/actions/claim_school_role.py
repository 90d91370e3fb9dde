from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.policies import save_new_role
from common.actions import Actor, By, action


@action
def claim_school_role(*, user: User, school: School, kind: SchoolRoleKind, starts_on: date, by: By, at: datetime) -> SchoolRole:
    """
    Say what one is at a school. The role lets its holder do nothing until the alliance verifies it.

    Raises `PermissionDenied` for anybody else's role, and `RoleIsHeld` for one claimed or held already.
    """
    if Actor.of(by).user != user:
        raise PermissionDenied
    return save_new_role(SchoolRole(user=user, school=school, kind=kind, starts_on=starts_on, claimed_at=at))

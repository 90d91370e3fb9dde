from __future__ import annotations

from datetime import datetime

from alliance.models import SchoolRole
from alliance.permissions import check_user_can_verify_roles
from alliance.policies import check_role_is_claimed, lock_role
from alliance.signals import school_role_decided
from common.actions import By, action


@action
def decline_school_role(*, role: SchoolRole, by: By, at: datetime, reason: str) -> SchoolRole:
    """
    Turn a claimed role down; the person may claim again. The reason is kept in the history.

    Raises `PermissionDenied` unless alliance staff ask, and `RoleIsDecided` when the claim was decided before.
    """
    staff = check_user_can_verify_roles(by)
    role = lock_role(role)
    check_role_is_claimed(role)
    role.declined_at, role.declined_by = at, staff
    role.save()
    school_role_decided.send(sender=SchoolRole, role=role, at=at)
    return role

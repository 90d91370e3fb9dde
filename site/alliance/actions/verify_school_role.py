from __future__ import annotations

from datetime import datetime

from alliance.models import SchoolRole
from alliance.permissions import check_user_can_verify_roles
from alliance.policies import check_role_is_claimed, lock_role
from alliance.signals import school_role_decided
from common.actions import By, action


@action
def verify_school_role(*, role: SchoolRole, by: By, at: datetime, reason: str = "") -> SchoolRole:
    """
    Confirm a claimed role, which gives it its powers.

    Raises `PermissionDenied` unless alliance staff ask, and `RoleIsDecided` when the claim was decided before.
    """
    staff = check_user_can_verify_roles(by)
    role = lock_role(role)
    check_role_is_claimed(role)
    role.verified_at, role.verified_by = at, staff
    role.save()
    school_role_decided.send(sender=SchoolRole, role=role, at=at)
    return role

from __future__ import annotations

from datetime import date, datetime

from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.permissions import check_user_can_verify_roles
from alliance.policies import check_role_can_end, save_new_role
from common.actions import By, action


@action
def give_school_role(
    *,
    user: User,
    school: School,
    kind: SchoolRoleKind,
    starts_on: date,
    ends_on: date | None = None,
    by: By,
    at: datetime,
    reason: str = "",
) -> SchoolRole:
    """
    Record what somebody is at a school, verified at once: alliance staff know it, so nobody has to claim it.

    Raises `PermissionDenied`, `RoleIsHeld` and `RoleEndsBeforeItStarts`.
    """
    staff = check_user_can_verify_roles(by)
    role = SchoolRole(
        user=user, school=school, kind=kind, starts_on=starts_on, ends_on=ends_on, claimed_at=at, verified_at=at, verified_by=staff
    )
    if ends_on:
        check_role_can_end(role, ends_on)
    return save_new_role(role)

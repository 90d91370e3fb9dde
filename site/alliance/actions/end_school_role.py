from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from alliance.models import SchoolRole
from alliance.permissions import check_user_can_end_role
from alliance.policies import check_role_can_end, lock_role
from common.actions import By, action


@action
def end_school_role(*, role: SchoolRole, ends_on: date, by: By, at: datetime, reason: str = "") -> SchoolRole:
    """
    Give a role its last day: until the end of that day it still holds. An end given before may be moved.

    Raises `PermissionDenied` unless the holder, whoever speaks for the school or alliance staff ask, and `RoleEndsBeforeItStarts`.
    """
    role = lock_role(role)
    check_user_can_end_role(by, role, on=timezone.localdate(at))
    check_role_can_end(role, ends_on)
    role.ends_on = ends_on
    role.save()
    return role

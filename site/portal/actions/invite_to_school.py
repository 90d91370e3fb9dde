from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from alliance.models import School, SchoolRole, SchoolRoleKind
from alliance.policies import save_new_role
from common.actions import By, action
from portal.invitation import person_to_invite, send_invitation
from portal.permissions import check_user_can_give_role


@action
def invite_to_school(
    *, school: School, kind: SchoolRoleKind, email: str, first_name: str, last_name: str, by: By, at: datetime, reason: str = ""
) -> SchoolRole:
    """
    Give somebody a role at a school, verified at once, and invite them to open an account.

    A head vouches for colleagues, alliance staff for anybody. Raises `PermissionDenied`, `PersonIsSwitchedOff`,
    `InvitesThemselves`, `RoleIsHeld` and `ValidationError`.
    """
    today = timezone.localdate(at)
    inviter = check_user_can_give_role(by, school, kind, on=today)
    person = person_to_invite(email=email, first_name=first_name, last_name=last_name, by=inviter)
    role = save_new_role(
        SchoolRole(user=person, school=school, kind=kind, starts_on=today, claimed_at=at, verified_at=at, verified_by=inviter)
    )
    send_invitation(role, by=inviter, at=at)
    return role

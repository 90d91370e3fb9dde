from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils import timezone

from alliance.models import SchoolRole, SystemLeader, User
from alliance.policies import lock_role
from alliance.roles import Role
from common.actions import By, action
from common.links import revoke_links
from portal.invitation import INVITATION, check_invitation_is_open
from portal.permissions import check_user_can_manage_invitation


@action
def withdraw_invitation(*, subject: Model, by: By, at: datetime, reason: str = "") -> None:
    """
    Take back what an invitation gave, at once, and make its link useless.

    Only while its holder has no account; after that a role is ended, with a date. Raises `PermissionDenied`,
    `AccountIsOpen` and `InvitationIsOver`.
    """
    inviter = check_user_can_manage_invitation(by, subject, on=timezone.localdate(at))
    check_invitation_is_open(subject, at=at)
    revoke_links(purpose=INVITATION, subject=subject, at=at)
    if isinstance(subject, SchoolRole):
        _decline(lock_role(subject), inviter, at)
    elif isinstance(subject, SystemLeader):
        subject.is_active = False
        subject.save()
    elif isinstance(subject, User):
        subject.groups.remove(*Group.objects.filter(name__in=[role.group_name for role in Role]))


def _decline(role: SchoolRole, by: User, at: datetime) -> None:
    """A role that ends today holds until midnight; a declined one never held."""
    role.verified_at = role.verified_by = None
    role.declined_at, role.declined_by = at, by
    role.save()

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from alliance.models import User
from alliance.roles import Role, user_roles
from common.actions import By, Refusal, action
from portal.invitation import person_to_invite, send_invitation
from portal.permissions import check_user_can_fill_alliance_roles


class HoldsRoleAlready(Refusal):
    """The person holds every role that was to be given."""


@action
def invite_to_alliance(*, roles: Collection[Role], email: str, first_name: str, last_name: str, by: By, at: datetime) -> User:
    """
    Give somebody roles in the alliance and invite them to open an account.

    Raises `PermissionDenied` unless the S2S lead asks, `HoldsRoleAlready`, `PersonIsSwitchedOff`, `InvitesThemselves`
    and `ValidationError`.
    """
    inviter = check_user_can_fill_alliance_roles(by)
    person = person_to_invite(email=email, first_name=first_name, last_name=last_name, by=inviter)
    new = set(roles) - user_roles(person)
    if not new:
        raise HoldsRoleAlready(_("%(person)s has these roles already.") % {"person": person})
    person.groups.add(*Group.objects.filter(name__in=[role.group_name for role in new]))
    send_invitation(person, by=inviter, at=at)
    return person

"""When something may be done with a role at a school."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alliance.models import SchoolRole
from common.actions import Refusal


class RoleIsDecided(Refusal):
    """The claim was verified or declined before."""


class RoleIsHeld(Refusal):
    """The person has this role at this school, or has claimed it."""


class RoleEndsBeforeItStarts(Refusal):
    """The last day given is before the first."""


def lock_role(role: SchoolRole) -> SchoolRole:
    """Read the role again, locked until the transaction ends: one decision at a time."""
    return SchoolRole.objects.select_for_update(of=("self",)).select_related("user", "school", "kind").get(pk=role.pk)


def check_role_is_claimed(role: SchoolRole) -> None:
    if role.verified_at or role.declined_at:
        raise RoleIsDecided(_("This claim has been decided already, so nothing was changed."))


def check_role_can_end(role: SchoolRole, ends_on: date) -> None:
    if ends_on < role.starts_on:
        raise RoleEndsBeforeItStarts(_("The last day cannot be before the first day."))


def save_new_role(role: SchoolRole) -> SchoolRole:
    """Save a role. Raises `RoleIsHeld` for a second open one of the kind, also when two are sent at once."""
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError as clash:
        held = SchoolRole.objects.filter(user=role.user, school=role.school, kind=role.kind, ends_on=None, declined_at=None)
        if role.ends_on or not held.exists():
            raise
        raise RoleIsHeld(_("%(person)s already has this role at %(school)s.") % {"person": role.user, "school": role.school}) from clash
    return role

"""Who may do what with people's roles at schools. When it may be done is for the policies."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from alliance.enums import Power
from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.queries import live_school_roles
from alliance.roles import Role, has_role
from common.actions import Actor, By


def check_user_can_verify_roles(by: By) -> User:
    """S2S leads and brokers know the schools. Raises `PermissionDenied`; returns the person."""
    user = Actor.of(by).user
    if user is None or not has_role(user, Role.S2S_LEAD, Role.BROKER):
        raise PermissionDenied
    return user


def speaks_for_school(role: SchoolRole) -> bool:
    """Whether a live role lets its holder vouch for colleagues: the head's, or one that signs for the school."""
    powers = role.kind.powers
    return Power.SIGN in powers or (role.kind.acts_for_head and Power.BOOK in powers)


def kinds_by_school(user: User, *, on: date) -> dict[School, list[SchoolRoleKind]]:
    """The roles a person may give colleagues at each school they speak for: never the head's, no power they lack. Two queries."""
    powers: dict[School, set[str]] = {}
    spoken_for = set()
    for role in live_school_roles(user, on):
        powers.setdefault(role.school, set()).update(role.kind.powers)
        if speaks_for_school(role):
            spoken_for.add(role.school)
    kinds = list(SchoolRoleKind.objects.filter(acts_for_head=False).order_by("order", "name")) if spoken_for else []
    return {school: [kind for kind in kinds if set(kind.powers) <= powers[school]] for school in spoken_for}


def kinds_to_give(user: User, school: School, *, on: date) -> list[SchoolRoleKind]:
    """The roles a person may give at one school; none where they do not speak for it."""
    return kinds_by_school(user, on=on).get(school, [])


def check_user_can_end_role(by: By, role: SchoolRole, *, on: date) -> None:
    """One's own role, a colleague's that one may give, and any by alliance staff. Raises `PermissionDenied`."""
    user = Actor.of(by).user
    if user is None or not user.is_active:
        raise PermissionDenied
    if user != role.user and role.kind not in kinds_to_give(user, role.school, on=on):
        check_user_can_verify_roles(by)

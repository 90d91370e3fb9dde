"""Who may bring people in."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from alliance.access import ALLIANCE_STAFF_ROLES
from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.permissions import kinds_to_give, speaks_for_school
from alliance.queries import live_school_roles
from alliance.roles import Role, has_role
from common.actions import Actor, By


def is_staff_of_alliance(user: User) -> bool:
    return has_role(user, *ALLIANCE_STAFF_ROLES)


def schools_spoken_for(user: User, *, on: date) -> list[School]:
    """The schools at which the person may bring colleagues in, by name."""
    schools = {role.school for role in live_school_roles(user, on) if speaks_for_school(role)}
    return sorted(schools, key=lambda school: (school.name, school.urn))


def check_user_can_give_role(by: By, school: School, kind: SchoolRoleKind, *, on: date) -> User:
    user = _person(by)
    if not is_staff_of_alliance(user) and kind not in kinds_to_give(user, school, on=on):
        raise PermissionDenied
    return user


def check_user_is_staff(by: By) -> User:
    user = _person(by)
    if not is_staff_of_alliance(user):
        raise PermissionDenied
    return user


def check_user_can_fill_alliance_roles(by: By) -> User:
    """Only the S2S lead says who is who in the alliance."""
    user = _person(by)
    if not has_role(user, Role.S2S_LEAD):
        raise PermissionDenied
    return user


def check_user_can_manage_invitation(by: By, subject: Model, *, on: date) -> User:
    """Whoever may make an invitation may send it again or withdraw it."""
    if isinstance(subject, SchoolRole):
        return check_user_can_give_role(by, subject.school, subject.kind, on=on)
    if isinstance(subject, User):
        return check_user_can_fill_alliance_roles(by)
    return check_user_is_staff(by)


def _person(by: By) -> User:
    user = Actor.of(by).user
    if user is None or not user.is_active:
        raise PermissionDenied
    person: User = user
    return person

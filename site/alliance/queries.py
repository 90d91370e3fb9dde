"""Questions about people and schools that every app asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from wagtail import hooks

from alliance.enums import Power
from alliance.models import Membership, MembershipTier, School, SchoolRole, SystemLeader, User
from alliance.roles import Role

T = TypeVar("T")


def _once(user: User, key: Any, ask: Callable[[], T]) -> T:
    """Ask the database, for the person of a request (`person_of`) once; anywhere else each time anew."""
    remembered: dict[Any, Any] | None = getattr(user, "_asked_once", None)
    if remembered is None:
        return ask()
    if key not in remembered:
        remembered[key] = ask()
    found: T = remembered[key]
    return found


def live_school_roles(user: User, on: date) -> list[SchoolRole]:
    """Roles at schools that are verified and in force on a day, with school and kind; one query, once a request."""
    if not user.is_active:
        return []
    return _once(user, ("roles", on), lambda: list(SchoolRole.objects.live(on).filter(user=user).select_related("school", "kind")))


def schools_of(user: User, on: date, power: Power | None = None) -> list[School]:
    """Schools the person acts for on a day, by name; only where a role carries the power, if one is given."""
    schools = {role.school for role in live_school_roles(user, on) if power is None or power in role.kind.powers}
    return sorted(schools, key=lambda school: (school.name, school.urn))


def is_head_of(user: User, school: School, on: date) -> bool:
    """Whether the person is, or acts for, the head of the school on a day."""
    return any(role.school == school and role.kind.acts_for_head for role in live_school_roles(user, on))


def people_with_role(*roles: Role) -> QuerySet[User]:
    """Active people in the groups of the roles. Superusers are not listed: they may do everything, but nobody writes to them."""
    names = [role.group_name for role in roles]
    return User.objects.filter(is_active=True, groups__name__in=names).distinct()


def holders_of(*roles: Role) -> QuerySet[User]:
    """Active people who hold one of the roles; superusers hold them all."""
    names = [role.group_name for role in roles]
    return User.objects.filter(Q(is_superuser=True) | Q(groups__name__in=names), is_active=True)


def told_of_requests() -> QuerySet[User]:
    """Who hears of what nobody looks after yet: the S2S leads and, while there is none, the administrators."""
    leads = people_with_role(Role.S2S_LEAD)
    return leads if leads.exists() else User.objects.filter(is_active=True, is_superuser=True)


def leader_of(user: User) -> SystemLeader | None:
    """The person's record as a system leader, with the supporting school; None for everybody else. One query, once a request."""
    return _once(user, "leader", lambda: SystemLeader.objects.filter(user=user).select_related("supporting_school").first())


def tier_of(school: School, on: date) -> MembershipTier | None:
    """The tier of the membership in force on a day (H1); None for a school that is no member then."""
    membership = Membership.objects.in_force(on).filter(school=school).select_related("tier").first()
    return membership.tier if membership else None


def personal_data_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """All that every app and plugin holds on a person, by what it is."""
    held: dict[str, list[dict[str, Any]]] = {}
    for export in hooks.get_hooks("s2s_export_personal_data"):
        for what, rows in export(user).items():
            held.setdefault(what, []).extend(rows)
    return held

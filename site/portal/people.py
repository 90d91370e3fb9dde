"""Questions about people that accounts and their pages ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from alliance.models import School, SchoolRole, SchoolRoleKind, SystemLeader, User
from alliance.permissions import kinds_by_school
from alliance.roles import Role, has_role, user_roles
from portal.invitation import what_is_given
from portal.permissions import is_staff_of_alliance
from portal.sign_in_addresses import without_account

SCHOOL, LEADER, ALLIANCE = "school", "leader", "alliance"


def is_commenter(user: User, *, on: date) -> bool:
    """Whether somebody can do no more than comment: no role in the alliance or at a school, not even a claimed one."""
    if user_roles(user):
        return False
    at_school = SchoolRole.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), user=user, declined_at=None)
    return not at_school.exists() and not SystemLeader.objects.filter(user=user).exists()


@dataclass(frozen=True)
class Colleague:
    """Somebody's role at a school, as its head sees it."""

    role: SchoolRole
    is_invited: bool
    can_be_ended: bool


@dataclass(frozen=True)
class SchoolPeople:
    school: School
    colleagues: list[Colleague]
    claims: list[SchoolRole]
    can_invite: bool


def people_at(schools: Sequence[School], *, of: User, on: date) -> list[SchoolPeople]:
    """The roles at each school that hold now or later, and those claimed; the queries do not grow with the people."""
    roles = list(
        SchoolRole.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), school__in=schools, declined_at=None)
        .select_related("user", "kind", "school")
        .order_by("kind__order", "kind__name", "user__last_name", "user__first_name", "pk")
    )
    invited = set(without_account(User.objects.filter(school_roles__in=roles)).values_list("pk", flat=True))
    kinds = kinds_by_school(of, on=on)
    return [
        _people_of(school, [role for role in roles if role.school == school], invited, of=of, kinds=kinds.get(school, []))
        for school in schools
    ]


def _people_of(school: School, roles: list[SchoolRole], invited: set[int], *, of: User, kinds: list[SchoolRoleKind]) -> SchoolPeople:
    colleagues = [Colleague(role, role.user_id in invited, role.user != of and role.kind in kinds) for role in roles if role.is_verified]
    return SchoolPeople(school, colleagues, [role for role in roles if not role.is_verified], bool(kinds))


@dataclass(frozen=True)
class Invited:
    """An invitation nobody has accepted yet. `kind` and `pk` name it in addresses."""

    kind: str
    subject: Any
    person: User
    given: list[str]

    @property
    def pk(self) -> int:
        pk: int = self.subject.pk
        return pk


def invitations_open(user: User) -> list[Invited]:
    """What alliance staff gave or heads gave to people who have no account yet, by name; those a reader may manage."""
    if not is_staff_of_alliance(user):
        return []
    waiting = without_account(User.objects.filter(is_active=True))
    found = [Invited(SCHOOL, role, role.user, what_is_given(role)) for role in _invited_at_schools(waiting)]
    found += [Invited(LEADER, leader, leader.user, what_is_given(leader)) for leader in _invited_leaders(waiting)]
    if has_role(user, Role.S2S_LEAD):
        found += [Invited(ALLIANCE, person, person, what_is_given(person)) for person in _invited_to_alliance(waiting)]
    return sorted(found, key=lambda invited: (invited.person.last_name, invited.person.first_name, invited.kind, invited.pk))


def find_invited(kind: str, pk: int) -> Any:
    """What an open invitation gave, or None. Who may see it is for the caller."""
    waiting = without_account(User.objects.filter(is_active=True))
    found = {SCHOOL: _invited_at_schools, LEADER: _invited_leaders, ALLIANCE: _invited_to_alliance}
    return found[kind](waiting).filter(pk=pk).first() if kind in found else None


def _invited_at_schools(waiting: QuerySet[User]) -> QuerySet[SchoolRole]:
    roles = SchoolRole.objects.filter(user__in=waiting, verified_at__isnull=False, declined_at=None)
    return roles.select_related("user", "school", "kind")


def _invited_leaders(waiting: QuerySet[User]) -> QuerySet[SystemLeader]:
    return SystemLeader.objects.filter(user__in=waiting, is_active=True).select_related("user", "supporting_school")


def _invited_to_alliance(waiting: QuerySet[User]) -> QuerySet[User]:
    return waiting.filter(groups__name__in=[role.group_name for role in Role]).distinct().prefetch_related("groups")

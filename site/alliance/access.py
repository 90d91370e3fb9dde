"""Access rules by alliance role, for the views of every app."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from alliance.models import User
from alliance.roles import Role, has_role
from common.access import Access


def person_of(request: HttpRequest) -> User:
    """
    The signed-in person, in a view that lets in nobody else. Raises `PermissionDenied` for an anonymous visitor.

    For the length of the request their roles at schools are asked once (`alliance.queries`): many parts of a page need them.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    if not hasattr(request.user, "_asked_once"):
        request.user._asked_once = {}  # type: ignore[attr-defined]  # lives and dies with the request's person
    return request.user


def roles_access(*roles: Role) -> Access:
    """Allow holders of at least one of the roles."""

    def allows(request: HttpRequest) -> bool:
        return has_role(request.user, *roles)

    return Access(" or ".join(role.group_name for role in roles), allows)


ALLIANCE_STAFF_ROLES = (Role.S2S_LEAD, Role.BROKER)
ALLIANCE_STAFF = roles_access(*ALLIANCE_STAFF_ROLES)
S2S_LEADS = roles_access(Role.S2S_LEAD)

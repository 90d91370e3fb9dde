"""Who may do what with a case. When it may be done is for the policies and each plugin's table of moves."""

from django.core.exceptions import PermissionDenied

from alliance.models import User
from alliance.roles import Role, has_role
from cases.barred import is_barred_from
from cases.models import Case
from common.actions import Actor, By


def check_user_can_handle_cases(by: By) -> User:
    """Alliance staff (S2S lead or broker) broker cases. Raises `PermissionDenied`; returns the person."""
    return _with_role(by, Role.S2S_LEAD, Role.BROKER)


def check_user_works_on_case(by: By, case: Case) -> User:
    """The same on one case: somebody tied to its school writes nothing on it (W3). Raises `PermissionDenied`; returns the person."""
    return _not_barred(check_user_can_handle_cases(by), case)


def check_user_can_decide_on_case(by: By, case: Case) -> User:
    """An S2S lead without a tie to its school decides to decline or refer. Raises `PermissionDenied`; returns the person."""
    return _not_barred(_with_role(by, Role.S2S_LEAD), case)


def _not_barred(user: User, case: Case) -> User:
    if is_barred_from(user, case):
        raise PermissionDenied
    return user


def _with_role(by: By, *roles: Role) -> User:
    user: User | None = Actor.of(by).user
    if user is None or not user.is_active or not has_role(user, *roles):
        raise PermissionDenied
    return user

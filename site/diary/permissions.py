"""Who may do what in the diary. Taking and giving back is decided by the actions that book."""

from django.core.exceptions import PermissionDenied

from alliance.roles import Role, has_role
from common.actions import Actor, By


def check_user_can_set_allowances(by: By) -> None:
    """S2S leads and brokers agree with schools how much of a leader they give. Raises `PermissionDenied`."""
    user = Actor.of(by).user
    if user is None or not has_role(user, Role.S2S_LEAD, Role.BROKER):
        raise PermissionDenied

"""Who may handle money. Quotes and drafts come with what other apps' actions decide; what binds anybody is decided here."""

from django.core.exceptions import PermissionDenied

from alliance.models import User
from alliance.roles import Role, has_role
from common.actions import Actor, By


def check_user_can_handle_invoices(by: By) -> User:
    """Finance and S2S leads, for a supporting school's own invoices too. Raises `PermissionDenied`; returns the person."""
    user: User | None = Actor.of(by).user
    if user is None or not has_role(user, Role.FINANCE, Role.S2S_LEAD):
        raise PermissionDenied
    return user

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied

from alliance.models import User
from common.actions import Actor, By, action


@action
def change_profile(*, user: User, first_name: str, last_name: str, telephone: str, language: str, by: By, at: datetime) -> User:
    """
    Change one's own name, telephone number and the language of one's e-mails.

    Raises `PermissionDenied` for anybody else's, and `ValidationError`.
    """
    if Actor.of(by).user != user:
        raise PermissionDenied
    user.first_name, user.last_name, user.telephone, user.language = first_name, last_name, telephone, language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["first_name", "last_name", "telephone", "language"])
    return user

from __future__ import annotations

from datetime import datetime

from wagtail import hooks

from alliance.models import User
from common.actions import By, action


@action
def erase_person(*, user: User, by: By, at: datetime, reason: str) -> None:
    """
    Erase a person from everything that every app holds, as they asked; what the law makes us keep stays nameless.

    Cannot be undone. Called by a command only, which needs the server itself.
    """
    for erase in hooks.get_hooks("s2s_erase_personal_data"):
        erase(user, at)

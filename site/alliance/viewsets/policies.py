"""Who may manage accounts and groups in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class SuperuserPolicy(ModelPermissionPolicy):
    """Only superusers do anything, and even they do not do what is refused."""

    def __init__(self, model: Any, refused: frozenset[str] = frozenset()) -> None:
        super().__init__(model)
        self.refused = refused

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser and action not in self.refused)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        return super().users_with_any_permission(set(actions) - self.refused).filter(is_superuser=True)

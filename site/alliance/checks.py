"""System checks of the alliance: permissions that apps add to roles."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from alliance.roles import Role


def check_role_permissions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A misspelt role or permission would silently give nothing."""
    return [
        Error(f"The app {config.label} gives “{permission}” to “{role}” in role_permissions, but there is no such {what}.", id="s2s.E005")
        for config in apps.get_app_configs()
        for role, permissions in getattr(config, "role_permissions", {}).items()
        for permission in permissions
        for what in (_missing(role, permission),)
        if what
    ]


def _missing(role: str, permission: str) -> str:
    """What does not exist: the role, the permission, or neither. Permissions of apps that are absent give nothing and do no harm."""
    app, _dot, codename = permission.partition(".")
    if role not in Role.values:
        return "role"
    if not codename:
        return "permission"
    if app not in {config.label for config in apps.get_app_configs()}:
        return ""
    return "" if codename in _codenames(app) else "permission"


def _codenames(app: str) -> set[str]:
    models = [model._meta for model in apps.get_app_config(app).get_models()]
    own = {codename for meta in models for codename, _name in meta.permissions}
    return own | {f"{verb}_{meta.model_name}" for meta in models for verb in meta.default_permissions}

"""System checks of the house: access rules, hook names, plugin versions, what absent plugins left."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import get_resolver
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from common.access import Route, routes
from common.plugins import API_VERSION, CATALOGUE, PluginConfig, plugin_configs
from common.retire import left_by_absent_plugins


def own_apps() -> set[str]:
    """Top-level modules whose views are ours: core, plugins of this repository and others'."""
    return {
        config.name.split(".")[0]
        for config in apps.get_app_configs()
        if config.label in settings.CORE_APPS or isinstance(config, PluginConfig)
    } | {"config"}


def own_routes() -> list[Route]:
    ours = own_apps()
    return [route for route in routes(get_resolver()) if route.module.split(".")[0] in ours]


def _is_guarded(route: Route) -> bool:
    if route.access is not None:
        return True
    view_class = route.view_class
    if view_class is None or not issubclass(view_class, PermissionCheckedMixin):
        return False
    # A view built on Wagtail's admin ones looks its policy up by model: without one, or with `permission_policy = None`, it asks nobody.
    names = ("permission_policy", "model", "permission_required", "any_permission_required")
    policy, model, one, several = (route.view.view_initkwargs.get(name, getattr(view_class, name, None)) for name in names)
    asks = policy is not None and (model is not None or not isinstance(policy, cached_property))
    return asks and bool(one or several)


@register(Tags.urls)
def check_access_is_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The view {route.module}.{getattr(route.view, '__name__', route.view)} at “{route.pattern}” declares no access rule.",
            id="s2s.E001",
        )
        for route in own_routes()
        if not _is_guarded(route)
    ]


@register()
def check_hook_names(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    hooks.search_for_hooks()
    return [
        Error(f"There is no hook “{name}”.", hint=f"The catalogue has {', '.join(CATALOGUE)}.", id="s2s.E002")
        for name, registered in hooks._hooks.items()
        if registered and name.startswith("s2s_") and name not in CATALOGUE
    ]


@register()
def check_plugins(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    configs = plugin_configs()
    strangers = [entry for entry in settings.PLUGIN_APPS if not any(f"{entry}.".startswith(f"{config.name}.") for config in configs)]
    return [
        *(Error(f"The plugin {entry} has no AppConfig that subclasses common.plugins.PluginConfig.", id="s2s.E004") for entry in strangers),
        *(
            Error(
                f"The plugin {config.name} was written for version {config.plugin_api} of the plugin contract; this is {API_VERSION}.",
                id="s2s.E003",
            )
            for config in configs
            if config.plugin_api != API_VERSION
        ),
    ]


@register(Tags.database)
def check_absent_plugins(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `migrate` and with `check --database default`; the web process asks the same when it starts."""
    return [Error(sentence, id="s2s.E005") for sentence in left_by_absent_plugins()] if databases else []

"""The plugin contract (A3): which plugins are on, and the catalogue of what one may contribute."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

API_VERSION = 1
ENTRY_POINT_GROUP = "s2s.plugins"
OWN_PLUGINS = ("s2s_forms", "s2s_workflow", "health_checks")

CATALOGUE = {
    "s2s_portal_menu": "(request) -> list[portal.contributions.MenuLink]; runs on every portal page",
    "s2s_dashboard_panels": "(request) -> list[portal.contributions.Panel]; runs on the signed-in home",
    "s2s_case_tabs": "(request, case) -> list[cases.contributions.CaseTab]; runs on every case page the reader may see",
    "s2s_follow_parts": "(case) -> list[cases.contributions.FollowPart]; runs on the requester's page of a case",
    "s2s_message_kinds": "() -> list[outbox.kinds.MessageKind]; runs once, when the first message is written or sent",
    "s2s_due_jobs": "() -> list[common.jobs.DueJob]; runs on every pass of the job runner",
    "s2s_retention": "() -> list[common.retention.RetentionRule]; runs when the job “retention” does, and in show_retention",
    "s2s_load_demo": "(world) -> None; fills the demo alliance after the core has, in the order of INSTALLED_APPS",
    "s2s_export_personal_data": "(user) -> dict[str, list[dict]]; what the app holds on a person",
    "s2s_erase_personal_data": "(user, at) -> None; takes names and e-mails out of what the app holds",
}
"""Wagtail hooks of this product: name → arguments and result. Anything else that starts with `s2s_` is an error."""


class PluginConfig(AppConfig):
    """
    Base class of a plugin's AppConfig.

    `plugin_api` is the version of this contract it was written for. `portal_urls`, a URLconf module with an
    `app_name`, is mounted at `/portal/<portal_slug>/`. `role_permissions` adds permissions (`app.codename`) to the
    alliance roles by their key, such as `S2S_LEAD`. `public_words` are the files and folders whose texts the public reads: `manage.py
    untranslated` wants each in every language.
    """

    plugin_api: int = API_VERSION
    default = False  # of two AppConfigs in a plugin's apps.py, the imported base is not the one Django means

    portal_urls: str | None = None
    portal_slug: str = ""
    role_permissions: dict[str, tuple[str, ...]] = {}
    public_words: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls.default = True


def known_plugins() -> dict[str, str]:
    """Plugin name → app to install: this repository's where present, and those of installed packages."""
    own = {name: name for name in OWN_PLUGINS if find_spec(name)}
    return own | {entry.name: entry.value for entry in entry_points(group=ENTRY_POINT_GROUP)}


def installed_plugins(selection: Iterable[str] | None) -> list[str]:
    """
    The apps to install: all known plugins, or those selected by name (`S2S_PLUGINS`).

    Raises `ImproperlyConfigured` for a name nobody knows.
    """
    known = known_plugins()
    names = list(known) if selection is None else [name for name in selection if name]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ImproperlyConfigured(f"S2S_PLUGINS names {', '.join(unknown)}, but only these are installed: {', '.join(known) or 'none'}")
    return [known[name] for name in names]


def plugin_configs() -> list[PluginConfig]:
    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig)]

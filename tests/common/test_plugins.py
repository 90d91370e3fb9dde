from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks

from common import checks, plugins
from common.plugins import API_VERSION, OWN_PLUGINS, PluginConfig, installed_plugins


def config_of(cls: type[PluginConfig], name: str) -> PluginConfig:
    module = ModuleType(name)
    module.__path__ = ["."]
    return cls(name, module)


def test_installed_plugins_are_all_that_are_known():
    assert installed_plugins(None) == list(OWN_PLUGINS)


def test_installed_plugins_follow_the_selection():
    assert (installed_plugins(["health_checks", ""]), installed_plugins([""]), installed_plugins([])) == (["health_checks"], [], [])


def test_installed_plugins_come_from_other_packages_too(monkeypatch):
    class Entry:
        name, value = "surveys", "surveys.apps.SurveysConfig"

    monkeypatch.setattr(plugins, "entry_points", lambda group: [Entry] if group == "s2s.plugins" else [])

    assert installed_plugins(None) == [*OWN_PLUGINS, "surveys.apps.SurveysConfig"]


def test_installed_plugins_refuse_a_name_nobody_knows():
    with pytest.raises(ImproperlyConfigured, match="S2S_PLUGINS names helth_checks"):
        installed_plugins(["helth_checks"])


def test_check_refuses_a_misspelt_hook():
    with hooks.register_temporarily("s2s_due_job", list):
        assert [message.id for message in checks.check_hook_names(None)] == ["s2s.E002"]
    assert checks.check_hook_names(None) == []


def test_check_refuses_a_plugin_of_another_version(monkeypatch, settings):
    class Old(PluginConfig):
        plugin_api = API_VERSION + 1

    monkeypatch.setattr(checks, "plugin_configs", lambda: [config_of(Old, "old")])
    settings.PLUGIN_APPS = ["old"]

    assert [message.id for message in checks.check_plugins(None)] == ["s2s.E003"]


def test_check_refuses_a_plugin_that_is_declared_as_none(settings):
    settings.PLUGIN_APPS = [*settings.PLUGIN_APPS, "surveys"]

    assert [message.id for message in checks.check_plugins(None)] == ["s2s.E004"]

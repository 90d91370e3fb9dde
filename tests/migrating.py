"""Migrating an empty database in a third of Django's time, to the same tables; `plugins/test_subsets.py` compares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.signals import class_prepared


@contextmanager
def fast_migrations() -> Iterator[None]:
    """
    Spare what Django does to the models of migrations over and over.

    A new model is drawn up without all those it is related to, for nothing refers to it yet, and so is one with a new index or constraint,
    for these change no relation. Which models can be swapped is asked once. Nobody is told of a migration's models: those who listen
    wait for the product's own.
    """
    with ExitStack() as patches:
        patches.enter_context(patch.object(ProjectState, "add_model", _add_model))
        patches.enter_context(patch.object(ProjectState, "_append_option", _append_option))
        patches.enter_context(patch.object(apps, "get_swappable_settings_name", cache(apps.get_swappable_settings_name)))
        patches.enter_context(patch.object(class_prepared, "send", lambda sender, **named: []))
        yield


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # asking for the attribute would make it
        state.apps.render_multiple([model_state])


def _append_option(state: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    model_state = state.models[app_label, model_name]
    model_state.options[option_name] = [*model_state.options.get(option_name, []), obj]
    if "apps" in state.__dict__:
        state.is_delayed = True  # a migration that runs Python gets models drawn up afresh
        with state.apps.bulk_update():
            state.apps.unregister_model(app_label, model_name)
        state.apps.render_multiple([model_state])

"""
Taking a plugin away: what blocks it, how that is undone, and what is left of plugins that went without.

A live page of a missing type serves a bare shell, a workflow in progress on a missing model breaks the admin's home, and a
scheduled revision of one breaks the publishing job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.utils import OperationalError
from wagtail.models import Page, Revision, WorkflowState

from common.actions import By, action
from common.models import RetiredPlugin
from common.plugins import PluginConfig, known_plugins, plugin_configs


@dataclass(frozen=True)
class Blocking:
    """What must not stay behind. Truthy when there is something."""

    pages: QuerySet[Page]
    workflows: QuerySet[WorkflowState]
    scheduled: QuerySet[Revision]
    live_cases: list[QuerySet[Any, Any]] = field(default_factory=list)
    """What the plugin keeps of open cases: it stays, unseen while the plugin is off."""

    def __bool__(self) -> bool:
        return any(found.exists() for found in (self.pages, self.workflows, self.scheduled, *self.live_cases))


def find_plugin(name: str) -> PluginConfig:
    """The plugin that is on under a name. Raises `ImproperlyConfigured` for one that is off or unknown."""
    entry = known_plugins().get(name, name)
    for config in plugin_configs():
        if f"{entry}.".startswith(f"{config.name}."):
            return config
    raise ImproperlyConfigured(f"No plugin {name} is on. These are: {', '.join(config.name for config in plugin_configs()) or 'none'}.")


def what_blocks(config: PluginConfig) -> Blocking:
    blocking = _in_use(ContentType.objects.filter(app_label=config.label).values_list("pk", flat=True))
    if RetiredPlugin.objects.filter(app_label=config.label).exists():
        return blocking
    return replace(blocking, live_cases=[model._default_manager.filter(case__closed_at=None) for model in _records_of_cases(config)])


def _records_of_cases(config: PluginConfig) -> list[Any]:
    """The plugin's models that are one-to-one with a case: its own record of it."""
    return [model for model in config.get_models() if model._meta.pk.name == "case" and model._meta.pk.one_to_one]


def rows_kept(config: PluginConfig) -> dict[str, int]:
    """How many rows the plugin's own tables hold, history apart. They stay, and come back with the plugin."""
    models = [model for model in config.get_models() if not hasattr(model, "history_user")]
    return {str(model._meta.verbose_name_plural): count for model in models if (count := model._base_manager.count())}


@action
def retire_plugin(*, config: PluginConfig, by: By, at: datetime) -> None:
    """
    Cancel the plugin's workflows, take back what it was to publish later, unpublish its pages, and let its cases stay behind.

    Deletes nothing.
    """
    blocking = what_blocks(config)
    for state in blocking.workflows.select_related("workflow", "current_task_state__task"):
        state.cancel()
    blocking.scheduled.update(approved_go_live_at=None)
    for page in blocking.pages:
        page.specific.unpublish()
    RetiredPlugin.objects.update_or_create(app_label=config.label, defaults={"retired_at": at})


def left_by_absent_plugins() -> list[str]:
    """One sentence for each app that is gone while something of it is still in use. None before the first migrate."""
    if not {"django_content_type", "wagtailcore_page"} <= set(connection.introspection.table_names()):
        return []
    absent = _absent()
    found = _in_use(absent)
    pages = Counter(absent[key] for key in found.pages.values_list("content_type", flat=True))
    scheduled = Counter(absent[key] for key in found.scheduled.values_list("content_type", flat=True))
    workflows = Counter(absent.get(kind) or absent[task] for kind, task in found.workflows.values_list("content_type", _TASK))
    cases = _live_cases_of(sorted(set(absent.values())))
    return [
        f"The plugin {app} is off, but {pages[app]} live pages, {workflows[app]} workflows in progress, {scheduled[app]} scheduled "
        f"revisions and {cases[app]} open cases of it are left. Switch it on and run: manage.py retire_plugin {app} --apply"
        for app in sorted(pages | scheduled | workflows | cases)
    ]


def _live_cases_of(apps: list[str]) -> Counter[str]:
    """
    How many open cases each absent app has a record of, unless it was retired in order.

    Its models are gone, so its tables are asked: those keyed by a case.
    """
    found: Counter[str] = Counter()
    if not {"cases_case", RetiredPlugin._meta.db_table} <= set(connection.introspection.table_names()):
        return found
    retired = set(RetiredPlugin.objects.values_list("app_label", flat=True))
    with connection.cursor() as cursor:
        for app, table in _tables_keyed_by_a_case(set(apps) - retired):
            cursor.execute(
                f"SELECT COUNT(*) FROM {table} r JOIN cases_case c ON c.id = r.case_id WHERE c.closed_at IS NULL"  # noqa: S608 - the name is the database's own, quoted
            )
            found[app] += cursor.fetchone()[0]
    return +found


def cases_of_absent_plugins() -> set[int]:
    """The keys of the cases of which a plugin that is off, retired or not, has a record that comes back with it."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for _app, table in _tables_keyed_by_a_case(set(_absent().values())):
            cursor.execute(f"SELECT case_id FROM {table}")  # noqa: S608 - as above
            found.update(key for (key,) in cursor.fetchall())
    return found


def _absent() -> dict[int, str]:
    """Content type → app, of models that are installed no more."""
    return {kind.pk: kind.app_label for kind in ContentType.objects.all() if kind.model_class() is None}


def _tables_keyed_by_a_case(apps: Iterable[str]) -> Iterator[tuple[str, str]]:
    """App and quoted name of each of its tables that has one row for a case."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for app in sorted(apps):
            for table in (table for table in tables if table.startswith(f"{app}_")):
                if connection.introspection.get_primary_key_column(cursor, table) == "case_id":
                    yield app, connection.ops.quote_name(table)


def bring_back() -> None:
    """A plugin that is on again counts as in use from now on."""
    RetiredPlugin.objects.filter(app_label__in=[config.label for config in plugin_configs()]).delete()


def refuse_to_start_without() -> None:
    """
    Raise `ImproperlyConfigured` when a plugin went that is still in use. One that came back is not retired any more.

    A database that does not answer stops nothing: the process starts and recovers with it.
    """
    try:
        left = left_by_absent_plugins()
        if RetiredPlugin._meta.db_table in connection.introspection.table_names():
            bring_back()
    except OperationalError:
        return
    finally:
        connection.close()  # a server forks its workers after this
    if left:
        raise ImproperlyConfigured("\n".join(left))


_TASK = "current_task_state__task__content_type"


def _in_use(kinds: Iterable[int]) -> Blocking:
    """What of these content types is in use; a workflow counts by what it is on and by the task it has reached."""
    keys = list(kinds)
    return Blocking(
        pages=Page.objects.filter(live=True, content_type__in=keys).order_by("pk"),
        workflows=WorkflowState.objects.active().filter(Q(content_type__in=keys) | Q(**{f"{_TASK}__in": keys})).order_by("pk"),
        scheduled=Revision.objects.filter(approved_go_live_at__isnull=False, content_type__in=keys).order_by("pk"),
    )

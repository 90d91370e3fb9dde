"""For data migrations: the review workflow that a kind of moderated document ships with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def add_review_workflow(*, app: str, model: str, name: str, groups: Iterable[str]) -> Callable[[Any, Any], None]:
    """
    For `migrations.RunPython`: one review by the named groups for the model; groups that are missing are made.

    Running it again changes nothing, and an alliance's own workflow for the model stays. The migration depends on
    `common.0002_review_task` and on Wagtail's last.
    """
    wanted = list(groups)

    def add(apps: Any, schema_editor: Any) -> None:
        content_types = apps.get_model("contenttypes", "ContentType").objects
        kind, _made = content_types.get_or_create(app_label=app, model=model)
        workflow_kinds = apps.get_model("wagtailcore", "WorkflowContentType").objects
        if workflow_kinds.filter(content_type=kind).exists():
            return
        task_kind, _made = content_types.get_or_create(app_label="common", model="reviewtask")
        task = apps.get_model("common", "ReviewTask").objects.create(name=name, content_type=task_kind)
        task.groups.set([apps.get_model("auth", "Group").objects.get_or_create(name=group)[0] for group in wanted])
        workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name)
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
        workflow_kinds.create(content_type=kind, workflow=workflow)

    return add

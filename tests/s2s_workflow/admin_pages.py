"""Every page of one object in the admin, for tests of what shows there."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.urls import reverse
from wagtail.models import Revision, WorkflowMixin


def pages_of(found: Any) -> Iterator[tuple[str, str]]:
    """Every address of the object's part of the admin that can be opened, with its name."""
    viewset = type(found).snippet_viewset
    revisions = list(Revision.objects.for_instance(found).order_by("pk").values_list("pk", flat=True))
    states = list(found.workflow_states.values_list("pk", flat=True)) if isinstance(found, WorkflowMixin) else []
    for pattern in viewset.get_urlpatterns():
        name = f"{viewset.url_namespace}:{pattern.name}"
        wanted = set(pattern.pattern.regex.groupindex) if hasattr(pattern.pattern, "regex") else set()
        if pattern.name in ("list", "list_results", "add"):
            yield pattern.name, reverse(name)
        elif pattern.name == "revisions_compare":
            for revision in revisions:
                yield pattern.name, reverse(name, args=[found.pk, "live", revision])
                yield pattern.name, reverse(name, args=[found.pk, revision, "latest"])
        elif "revision_id" in wanted:
            for revision in revisions:
                yield pattern.name, reverse(name, args=[found.pk, revision])
        elif "workflow_state_id" in wanted:
            for state in states:
                yield pattern.name, reverse(name, args=[found.pk, state])
        elif wanted == {"pk"}:
            yield pattern.name, reverse(name, args=[found.pk])
    for form in ("csv", "xlsx"):
        yield f"export {form}", f"{reverse(f'{viewset.url_namespace}:list')}?export={form}"
    chooser = viewset.chooser_viewset
    for pattern in ("choose", "choose_results"):
        yield pattern, reverse(chooser.get_url_name(pattern))


def text_of(response: Any) -> bytes:
    """What a page or an export says; a spreadsheet is a zip of files."""
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as sheet:
        return b"".join(sheet.read(part) for part in sheet.namelist())

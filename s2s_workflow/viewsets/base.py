"""What the viewsets of this plugin share."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.admin.panels import FieldPanel

READ_ONLY = frozenset({"add", "change", "delete"})
"""What is refused where only actions write."""

OF_A_PROJECT = ("project__case__reference", "project__case__supported_school__name")
"""Where the rows of a project are searched."""

CASE = "project__case__supported_school"
"""What naming a project takes."""


def shown(names: Iterable[str]) -> list[FieldPanel]:
    """The fields of a form that nobody edits."""
    return [FieldPanel(name, read_only=True) for name in names]

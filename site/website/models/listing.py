"""Pages that list the pages below them, a screenful at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from website.models.base import SitePage
from website.tree import page_tree

P = TypeVar("P", bound=SitePage)
PER_PAGE = 12


def without_restricted(pages: QuerySet[P]) -> QuerySet[P]:
    """Leave out pages that not everybody may open: a list must not tell their titles."""
    closed = [row.pk for row in page_tree().by_id.values() if row.is_restricted]
    return pages.exclude(pk__in=closed) if closed else pages


def page_of(request: HttpRequest, pages: QuerySet[Any] | Sequence[Any]) -> PageOfResults[Any]:
    """The page of a list that the address asks for; the nearest one when it asks for nonsense."""
    return Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))

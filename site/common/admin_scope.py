"""The base of viewsets that keep some of their rows from some readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern

from common.admin import DomainSnippetViewSet


class ScopedSnippetViewSet(DomainSnippetViewSet):
    """
    Leaves out the rows that are `hidden_from` the reader: of the list, its export, its choosers, and of every page of one object.

    Wagtail's pages of one object fetch it unscoped, so each address with a key looks first and answers 404.
    """

    def hidden_from(self, user: Any) -> Iterator[Q]:
        """What the reader may not see, one condition for each reason."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        for hidden in self.hidden_from(request.user):
            rows = rows.exclude(hidden)
        return rows

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        for pattern in patterns:
            if "pk" in pattern.pattern.converters:
                pattern.callback = self._of_rows_open_to_the_reader(pattern.callback)
        return patterns

    def _of_rows_open_to_the_reader(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.get_queryset(request).filter(pk=kwargs["pk"]).exists():
                raise Http404
            return view(request, *args, **kwargs)

        return scoped

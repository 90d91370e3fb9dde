"""Filters of a public list: each option with how many it would leave. A GET form, combinable, remembered nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

R = TypeVar("R")
MOST_LETTERS = 60


@dataclass(frozen=True)
class Option:
    value: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet(Generic[R]):
    """
    One question about the rows of a list. `values` are what a row has, none or several; `labels` name them in the order of the options.

    `name` is the parameter's; `website.page_cache.QUERY` has to know it.
    """

    name: str
    label: Any
    values: Callable[[R], Collection[str]]
    labels: Mapping[str, Any]


def chosen_in(request: HttpRequest, facets: Sequence[Facet[R]]) -> dict[str, str]:
    """What the address asks for, by the facets' names."""
    return {facet.name: value[:MOST_LETTERS] for facet in facets if (value := request.GET.get(facet.name, ""))}


def matching(rows: Sequence[R], facets: Sequence[Facet[R]], chosen: Mapping[str, str], *, besides: str = "") -> list[R]:
    """The rows that have everything that is chosen, one facet left out of account if one is named."""
    asked = [(facet, chosen[facet.name]) for facet in facets if facet.name in chosen and facet.name != besides]
    return [row for row in rows if all(value in facet.values(row) for facet, value in asked)]


def filters(rows: Sequence[R], facets: Sequence[Facet[R]], chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """For `website/components/filter.html`: only what some row has, and how many rows it would leave beside the other choices."""
    return [{"name": facet.name, "label": facet.label, "options": _options(rows, facets, facet, chosen)} for facet in facets]


def _options(rows: Sequence[R], facets: Sequence[Facet[R]], facet: Facet[R], chosen: Mapping[str, str]) -> list[Option]:
    used = {value for row in rows for value in facet.values(row)}
    left = [facet.values(row) for row in matching(rows, facets, chosen, besides=facet.name)]
    return [
        Option(value, label, sum(value in values for values in left), chosen.get(facet.name) == value)
        for value, label in facet.labels.items()
        if value in used
    ]

"""The demo's words in two languages, side by side, and blocks made of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

NAMESPACE = uuid.UUID("6f1c6c0e-6a1e-4f0e-9f0e-5b1a7c9d2e43")


class T(NamedTuple):
    """One sentence or paragraph: English, Welsh."""

    en: str
    cy: str


def english(value: Any) -> Any:
    """The English side of a value made of lists, dictionaries and texts."""
    if isinstance(value, T):
        return value.en
    if isinstance(value, dict):
        return {name: english(part) for name, part in value.items()}
    if isinstance(value, list):
        return [english(part) for part in value]
    return value


def welsh_words(value: Any) -> dict[str, str]:
    """English → Welsh, for every text in a value."""
    return dict(_pairs(value))


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, T):
        yield value.en, value.cy
    elif isinstance(value, dict):
        for part in value.values():
            yield from _pairs(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _pairs(part)


class Rich(list[T]):
    """Paragraphs of rich text; `points` makes them a list."""

    def __init__(self, *paragraphs: T, points: bool = False) -> None:
        super().__init__(paragraphs)
        self.points = points

    def html(self) -> str:
        if self.points:
            return "<ul>" + "".join(f"<li>{text.en}</li>" for text in self) + "</ul>"
        return "".join(f"<p>{text.en}</p>" for text in self)


def block(kind: str, value: Any, key: str) -> dict[str, Any]:
    """A block of a StreamField; `key` makes its id, so that loading twice makes the same."""
    return {"type": kind, "value": _prepared(value, key), "id": str(uuid.uuid5(NAMESPACE, f"{kind} {key}"))}


def _prepared(value: Any, key: str) -> Any:
    """As a block stores it. Items of a list need ids, by which the translation editor finds them again."""
    if isinstance(value, Rich):
        return value.html()
    if isinstance(value, dict):
        return {name: _prepared(part, f"{key} {name}") for name, part in value.items()}
    if isinstance(value, list):
        return [block("item", part, f"{key} {number}") for number, part in enumerate(value)]
    return english(value)


def stream(key: str, blocks: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """A StreamField's raw value from kinds and values."""
    return [block(kind, value, f"{key} {number}") for number, (kind, value) in enumerate(blocks)]


def month_before(today: date, months: int) -> date:
    """The first of the month some months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)

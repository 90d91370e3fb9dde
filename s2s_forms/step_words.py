"""What a step of a timeline says, whether a page has it to itself or shares it (P1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class DocumentWords:
    title: str
    url: str


@dataclass(frozen=True)
class StepWords:
    """One step as it is shown and frozen; `text` is rich text as it is stored."""

    title: str
    icon: str
    who: str
    text: str
    result: str
    duration: str
    documents: list[DocumentWords] = field(default_factory=list)

    def as_stored(self) -> dict[str, Any]:
        """For a protocol version: a document by its title alone, since its file may change or go."""
        return {**asdict(self), "documents": [{"title": document.title} for document in self.documents]}


def documents_in_words(documents: Iterable[Any]) -> list[DocumentWords]:
    return [DocumentWords(document.title, document.url) for document in documents if document]

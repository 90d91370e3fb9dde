"""What stands in a brief, as it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

MOST_LINES = 12
"""Activities or outcomes in one brief."""


@dataclass(frozen=True)
class Statement:
    """What a school says of itself in one section: its judgement, its needs, or both. The title is the section's at the time."""

    section: str
    title: str
    judgement: str = ""
    needs: str = ""


def as_json(statements: Sequence[Statement], before: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Rows as a brief keeps them, empty ones left out. A section keeps the id that it had `before`, so that a record can refer to it."""
    known = {row["section"]: row["id"] for row in before}
    return [
        {
            "id": known.get(one.section) or new_id(),
            "section": one.section,
            "title": one.title,
            "judgement": one.judgement.strip(),
            "needs": one.needs.strip(),
        }
        for one in statements
        if one.judgement.strip() or one.needs.strip()
    ]


def outcomes_as_json(texts: Sequence[str], before: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Outcomes as a brief keeps them; one that reads as before keeps its id."""
    known = {row["text"]: row["id"] for row in before}
    return [{"id": known.get(text) or new_id(), "text": text} for text in lines_in(texts)]


def lines_in(texts: Sequence[str]) -> list[str]:
    """Texts without blanks around them, and without empty ones."""
    return [text.strip() for text in texts if text.strip()]


def new_id() -> str:
    return uuid4().hex[:12]

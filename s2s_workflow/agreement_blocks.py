"""The canonical text of an agreement, cut into what a page or a PDF shows: headings, lists and paragraphs."""

from __future__ import annotations

from typing import TypedDict


class Block(TypedDict):
    """`kind` is `heading`, `list` or `paragraph`; a heading has one line, a list a line for each item."""

    kind: str
    lines: list[str]


MARKS = {"# ": "heading", "- ": "list"}


def blocks_of(text: str) -> list[Block]:
    """Every line of the text in the order it stands; nothing is added, and only marks and empty lines are left out."""
    blocks: list[Block] = []
    goes_on = ""
    for line in text.splitlines():
        kind = MARKS.get(line[:2], "paragraph") if line.strip() else ""
        if kind:
            shown = line if kind == "paragraph" else line[2:]
            if kind == goes_on and kind != "heading":
                blocks[-1]["lines"].append(shown)
            else:
                blocks.append({"kind": kind, "lines": [shown]})
        goes_on = kind
    return blocks

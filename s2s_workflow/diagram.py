"""The table of moves, drawn: for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from s2s_workflow.enums import BEFORE_ACTIVE, Stage
from s2s_workflow.transitions import MOVES, Move

START, END = "<!-- moves: written by manage.py stage_diagram -->\n", "<!-- end of moves -->"


def with_moves(page: str) -> str:
    """The page with its part between the two marks written anew. Raises `ValueError` for a page without them."""
    before, mark, rest = page.partition(START)
    _old, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError("The page has no place for the moves.")
    with translation.override("en-gb"):
        return f"{before}{START}\n```mermaid\n{diagram()}```\n\n{table()}\n{END}{after}"


def diagram() -> str:
    """A Mermaid state diagram. Withdrawing, which starts at every stage before the work, is drawn once."""
    lines = ["stateDiagram-v2", f"  [*] --> {Stage.SUBMITTED}", *(f"  {stage}: {stage.label}" for stage in Stage)]
    drawn: dict[tuple[Stage, Stage], None] = {(move.source, move.target): None for move in MOVES if move.target != Stage.WITHDRAWN}
    lines += [f"  {source} --> {target}" for source, target in drawn]
    lines.append(f"  note right of {Stage.WITHDRAWN}: from any of the {len(BEFORE_ACTIVE)} stages before “{Stage.ACTIVE.label}”")
    lines += [f"  {stage} --> [*]" for stage in (Stage.CLOSED, Stage.DECLINED, Stage.REFERRED, Stage.WITHDRAWN)]
    return "\n".join(lines) + "\n"


def table() -> str:
    """The moves as a table: from, to, who, what has to be there first."""
    return "\n".join(["| from | to | who | needs |", "|---|---|---|---|", *_rows()]) + "\n"


def _rows() -> Iterator[str]:
    for move in MOVES:
        needs = [guard.__name__.replace("_", " ") for guard in move.needs]
        needs += ["a reason"] if move.reason else []
        yield f"| {move.source.label}{_condition(move)} | {move.target.label} | {move.by.label} | {', '.join(needs) or '–'} |"


def _condition(move: Move) -> str:
    words = [move.when.__name__.replace("_", " ")] if move.when else []
    words += ["fast track"] if move.fast_track else []
    return f" ({'; '.join(words)})" if words else ""

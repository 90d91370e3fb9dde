"""Cells of an extract as values. All are cheap: an extract has millions of cells."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from alliance.enums import Phase, SchoolStatus

NOTHING = frozenset({"", "-", "not applicable", "does not apply"})
NO_NAME = NOTHING | {"0"}
NO_CODE = NOTHING | {"99", "999", "9999"}

PHASES = {
    "0": Phase.NOT_APPLICABLE.value,
    "1": Phase.NURSERY.value,
    "2": Phase.PRIMARY.value,
    "3": Phase.MIDDLE_PRIMARY.value,
    "4": Phase.SECONDARY.value,
    "5": Phase.MIDDLE_SECONDARY.value,
    "6": Phase.SIXTEEN_PLUS.value,
    "7": Phase.ALL_THROUGH.value,
    "nursery": Phase.NURSERY.value,
    "primary": Phase.PRIMARY.value,
    "middle deemed primary": Phase.MIDDLE_PRIMARY.value,
    "secondary": Phase.SECONDARY.value,
    "middle deemed secondary": Phase.MIDDLE_SECONDARY.value,
    "16 plus": Phase.SIXTEEN_PLUS.value,
    "all-through": Phase.ALL_THROUGH.value,
    "all through": Phase.ALL_THROUGH.value,
}
STATUSES = {
    "1": SchoolStatus.OPEN.value,
    "2": SchoolStatus.CLOSED.value,
    "3": SchoolStatus.PROPOSED_TO_CLOSE.value,
    "4": SchoolStatus.PROPOSED_TO_OPEN.value,
    "open": SchoolStatus.OPEN.value,
    "closed": SchoolStatus.CLOSED.value,
    "open, but proposed to close": SchoolStatus.PROPOSED_TO_CLOSE.value,
    "proposed to open": SchoolStatus.PROPOSED_TO_OPEN.value,
}


class BadCell(ValueError):
    """A cell that cannot be what its column says; the message is for whoever imports."""


def text_of(cell: str) -> str:
    """A name or address; the register's ways of saying nothing become empty."""
    text = cell.strip()
    return "" if text.lower() in NO_NAME else text


def code_of(cell: str) -> str:
    """A code, as text with its leading noughts; 99, 999 and 9999 stand for none."""
    text = cell.strip()
    return "" if text.lower() in NO_CODE else text


@lru_cache(maxsize=20_000)
def date_of(cell: str) -> date | None:
    """A day written `dd-mm-yyyy`, `dd/mm/yyyy` or `yyyy-mm-dd`."""
    text = cell.strip()
    if text.lower() in NO_CODE:
        return None
    parts = text.replace("/", "-").split("-")
    try:
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        first, month, last = map(int, parts)
        return date(first, month, last) if len(parts[0]) == 4 else date(last, month, first)
    except ValueError:
        raise BadCell(_("“%(cell)s” is no date (dd/mm/yyyy, dd-mm-yyyy or yyyy-mm-dd).") % {"cell": text[:40]}) from None


def metres_of(cell: str) -> int | None:
    """Whole metres on the national grid; nought, as the register writes it, is not known."""
    text = cell.strip()
    if text.lower() in NOTHING:
        return None
    try:
        metres = int(text) if text.isdigit() else round(float(text))
    except (ValueError, OverflowError):
        metres = -1
    if not 0 <= metres < 2_000_000:
        raise BadCell(_("“%(cell)s” is no distance in metres.") % {"cell": text[:40]})
    return metres or None


@lru_cache(maxsize=1_000)
def phase_of(*cells: str) -> str:
    """The phase by its code or, failing that, its name, in as many cells as there are."""
    return _known(PHASES, cells, Phase.NOT_APPLICABLE.value)


@lru_cache(maxsize=1_000)
def status_of(*cells: str) -> str:
    """The status by its code or, failing that, its name; a school of which nothing is said is open."""
    return _known(STATUSES, cells, SchoolStatus.OPEN.value)


def _known(values: dict[str, str], cells: tuple[str, ...], otherwise: str) -> str:
    said = [cell.strip() for cell in cells if cell.strip().lower() not in NO_CODE]
    for cell in said:
        if cell.lower() in values:
            return values[cell.lower()]
    if said:
        raise BadCell(_("“%(cell)s” is not known.") % {"cell": said[-1][:40]})
    return otherwise

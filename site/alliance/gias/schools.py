"""Rows of the register as schools: columns found by name, whatever their case, order and company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from alliance.gias.files import Line, UnreadableFile, has_width
from alliance.gias.values import BadCell, code_of, date_of, metres_of, phase_of, status_of, text_of
from alliance.models import School

URN = "URN"
NAME = "EstablishmentName"
REQUIRED = (URN, NAME)

# Field → how to read it and from which columns, in the register's own names. Where there are two, one suffices.
COLUMNS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "name": (text_of, (NAME,)),
    "phase": (phase_of, ("PhaseOfEducation (code)", "PhaseOfEducation (name)")),
    "type_name": (text_of, ("TypeOfEstablishment (name)",)),
    "status": (status_of, ("EstablishmentStatus (code)", "EstablishmentStatus (name)")),
    "local_authority_code": (code_of, ("LA (code)",)),
    "local_authority": (text_of, ("LA (name)",)),
    "trust_code": (code_of, ("Trusts (code)",)),
    "trust": (text_of, ("Trusts (name)",)),
    "diocese": (text_of, ("Diocese (name)",)),
    "religious_character": (text_of, ("ReligiousCharacter (name)",)),
    "street": (text_of, ("Street",)),
    "locality": (text_of, ("Locality",)),
    "town": (text_of, ("Town",)),
    "postcode": (text_of, ("Postcode",)),
    "telephone": (text_of, ("TelephoneNum",)),
    "website": (text_of, ("SchoolWebsite",)),
    "easting": (metres_of, ("Easting",)),
    "northing": (metres_of, ("Northing",)),
    "opened_on": (date_of, ("OpenDate",)),
    "closed_on": (date_of, ("CloseDate",)),
}


class BadRow(ValueError):
    """A row that cannot be taken; the message is for whoever imports."""


def plain(column: str) -> str:
    """A column's name without case, spaces and punctuation: `LA (code)` and `la_code` are one."""
    return "".join(c for c in column.lower() if c.isalnum())


def places_of(heading: list[str], required: tuple[str, ...]) -> dict[str, int]:
    """
    Plain column name → place; of two columns of one name the first counts.

    Raises `UnreadableFile` naming the required columns that are not there.
    """
    places: dict[str, int] = {}
    for place, column in enumerate(heading):
        places.setdefault(plain(column), place)
    missing = [column for column in required if plain(column) not in places]
    if missing:
        raise UnreadableFile(
            _("The first line lacks %(missing)s. It should name the columns, but begins: %(start)s")
            % {"missing": ", ".join(missing), "start": ", ".join(heading)[:200]}
        )
    return places


def urn_of(cell: str) -> str:
    """Raises `BadRow`."""
    urn = cell.strip()
    if len(urn) != 6 or not (urn.isascii() and urn.isdigit()):
        raise BadRow(_("The URN “%(urn)s” has not six digits.") % {"urn": urn[:20]})
    return urn


def check_width(line: Line, width: int) -> None:
    """Raises `BadRow` unless the row has as many cells as the heading."""
    if has_width(line.cells, width):
        return
    message = _("The row has %(cells)d cells, the heading %(width)d.") % {"cells": len(line.cells), "width": width}
    if line.lines > 1:
        message += " " + _("It runs over %(lines)d lines: is a quotation mark not closed?") % {"lines": line.lines}
    raise BadRow(message)


class SchoolRow(NamedTuple):
    """One school of the register: its URN, and a value for each field of its reader, in their order."""

    urn: str
    values: tuple[Any, ...]


class Column(NamedTuple):
    field: str
    convert: Callable[..., Any]
    places: tuple[int, ...]
    longest: int
    heading: str


class SchoolReader:
    """
    Reads rows under one heading. `fields` are those the extract has columns for; the others are left alone.

    Raises `UnreadableFile` when a required column is missing.
    """

    def __init__(self, heading: list[str]) -> None:
        places = places_of(heading, REQUIRED)
        self._width, self._urn = len(heading), places[plain(URN)]
        self._columns = _columns(places)
        self.fields = tuple(column.field for column in self._columns)
        self._name = self.fields.index("name")
        grid = [self.fields.index(field) for field in ("easting", "northing") if field in self.fields]
        self._easting, self._northing = (grid[0], grid[-1]) if grid else (0, 0)

    def read(self, line: Line) -> SchoolRow:
        """Raises `BadRow`."""
        cells = line.cells
        check_width(line, self._width)
        urn = urn_of(cells[self._urn])
        values = tuple([_value(column, cells) for column in self._columns])
        if not values[self._name]:
            raise BadRow(_("The school has no name."))
        if (values[self._easting] is None) != (values[self._northing] is None):
            raise BadRow(_("Easting and northing go together, but one is missing."))
        return SchoolRow(urn, values)


def _columns(places: dict[str, int]) -> list[Column]:
    """The columns that the extract has. A grid reference is taken whole or not at all."""
    found = {field: tuple(places[plain(name)] for name in names if plain(name) in places) for field, (_convert, names) in COLUMNS.items()}
    if not (found["easting"] and found["northing"]):
        found["easting"] = found["northing"] = ()
    columns = []
    for field, (convert, names) in COLUMNS.items():
        longest = getattr(School._meta.get_field(field), "max_length", None) if convert in (text_of, code_of) else None
        if found[field]:
            columns.append(Column(field, convert, found[field], longest or 0, names[-1]))
    return columns


def _value(column: Column, cells: list[str]) -> Any:
    _field, convert, places, longest, heading = column
    try:
        value = convert(cells[places[0]]) if len(places) == 1 else convert(cells[places[0]], cells[places[1]])
    except BadCell as bad:
        raise BadRow(f"{heading}: {bad}") from bad
    if longest and len(value) > longest:
        raise BadRow(
            _("%(column)s has %(length)d characters; %(longest)d fit.") % {"column": heading, "length": len(value), "longest": longest}
        )
    return value

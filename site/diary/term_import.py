"""Reading terms and closures of local authorities from a CSV file: bad rows are reported and the rest goes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alliance.gias.files import Extract, Line, open_extract
from alliance.gias.schools import BadRow, check_width, places_of, plain
from alliance.gias.values import BadCell, code_of, date_of, text_of
from alliance.working_days import academic_year
from common.actions import By, action
from diary.models import Closure, TermDate

CODE, KIND, NAME, FIRST, LAST = "LA (code)", "Kind", "Name", "First day", "Last day"
REQUIRED = (CODE, KIND, NAME, FIRST, LAST)
TERM, CLOSURE = "term", "closure"


@dataclass
class Report:
    """What became of the rows."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    """Line → why it was not taken."""

    @property
    def refusals(self) -> list[str]:
        """In words, in the order of the lines."""
        return [_("line %(line)d: %(why)s") % {"line": line, "why": why} for line, why in sorted(self.refused.items())]


@dataclass(frozen=True)
class Row:
    """One row. A term is known by authority, the academic year it ends in and name; a closure by authority and first day."""

    kind: str
    code: str
    name: str
    first_day: date
    last_day: date

    @property
    def known_by(self) -> dict[str, Any]:
        if self.kind == TERM:
            return {"local_authority_code": self.code, "academic_year": academic_year(self.last_day), "name": self.name}
        return {"local_authority_code": self.code, "school": None, "first_day": self.first_day}

    @property
    def says(self) -> dict[str, Any]:
        if self.kind == TERM:
            return {"first_day": self.first_day, "last_day": self.last_day}
        return {"name": self.name, "last_day": self.last_day}


def import_term_dates(path: Path, *, by: By, at: datetime, dry_run: bool = False) -> Report:
    """
    Take in terms and closures of local authorities. Running it again changes nothing and writes no history; nothing is deleted.

    Raises `alliance.gias.files.UnreadableFile` when nothing in the file can be used; a dry run compares and writes nothing.
    """
    report = Report()
    with open_extract(path) as extract:
        rows = _rows(extract, report)
    reason = _("terms and closures, %(file)s") % {"file": path.name}
    for line, row in rows:
        try:
            outcome = _save(row=row, dry_run=dry_run, by=by, at=at, reason=reason)
        except ValidationError as error:
            report.refused[line] = " ".join(error.messages)
        else:
            setattr(report, outcome, getattr(report, outcome) + 1)
    return report


def _rows(extract: Extract, report: Report) -> list[tuple[int, Row]]:
    places = places_of(extract.heading, REQUIRED)
    at = [places[plain(name)] for name in REQUIRED]
    found: dict[tuple[Any, ...], tuple[int, Row]] = {}
    for line in extract:
        report.read += 1
        try:
            row = _row(line, at, len(extract.heading))
            same = (row.kind, *row.known_by.values())
            if same in found:
                raise BadRow(_("%(name)s stands on line %(line)d already.") % {"name": row.name, "line": found[same][0]})
        except (BadRow, BadCell) as bad:
            report.refused[line.number] = str(bad)
        else:
            found[same] = (line.number, row)
    return list(found.values())


def _row(line: Line, at: list[int], width: int) -> Row:
    """Raise `BadRow` or `BadCell` for a row that cannot be taken. A closure without a last day is one day."""
    check_width(line, width)
    code, kind, name, first, last = (line.cells[place] for place in at)
    if plain(kind) not in (TERM, CLOSURE):
        raise BadRow(_("“%(kind)s” is neither “term” nor “closure”.") % {"kind": kind[:40]})
    readers: list[tuple[str, Callable[[str], Any], str]] = [
        (CODE, code_of, code),
        (NAME, text_of, name),
        (FIRST, date_of, first),
        (LAST, date_of, last),
    ]
    values = {label: read(cell) for label, read, cell in readers}
    if plain(kind) == CLOSURE:
        values[LAST] = values[LAST] or values[FIRST]
    if missing := [label for label, value in values.items() if not value]:
        raise BadRow(_("The row lacks: %(columns)s.") % {"columns": ", ".join(missing)})
    return Row(plain(kind), values[CODE], values[NAME], values[FIRST], values[LAST])


@action
def _save(*, row: Row, dry_run: bool, by: By, at: datetime, reason: str) -> str:
    """`new`, `changed` or `unchanged`."""
    model: Any = TermDate if row.kind == TERM else Closure
    stored = model.objects.filter(**row.known_by).first()
    if stored and all(getattr(stored, name) == value for name, value in row.says.items()):
        return "unchanged"
    outcome = "changed" if stored else "new"
    thing = stored or model(**row.known_by)
    for name, value in row.says.items():
        setattr(thing, name, value)
    thing.full_clean()
    if not dry_run:
        thing.save()
    return outcome

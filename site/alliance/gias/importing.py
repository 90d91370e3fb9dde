"""Taking an extract in: read, compare, save, two thousand rows at a time; bad rows are reported and the rest goes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from alliance.actions.save_school_links import save_school_links
from alliance.actions.save_schools import save_schools
from alliance.gias.comparison import differences_of
from alliance.gias.files import Extract, Line, open_extract
from alliance.gias.links import LinkReader, is_links_heading
from alliance.gias.schools import BadRow, SchoolReader, SchoolRow
from alliance.models import School, SchoolLink
from common.actions import By

BATCH = 2000
MOST_REFUSALS_SHOWN = 200

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


@dataclass
class Report:
    """What became of the rows of an extract. `refusals` holds the first 200 in words; `refused` counts them all."""

    of_links: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0
    refusals: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: object) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_REFUSALS_SHOWN:
            self.refusals.append(_("line %(line)d: %(why)s") % {"line": line, "why": why})


def import_extract(path: Path, *, by: By, at: datetime, dry_run: bool = False, links: bool = False, progress: Progress) -> Report:
    """
    Import an extract of schools, or of links between them, told apart by their columns or by `links`.

    Each two thousand rows are one transaction, so that the site goes on working meanwhile; after a break, run it again.
    Raises `UnreadableFile` when nothing in the file can be used; a dry run compares and writes nothing.
    """
    with open_extract(path) as extract:
        of_links = links or is_links_heading(extract.heading)
        report = Report(of_links=of_links)
        take = _take_links if of_links else _take_schools
        take(extract, report, _Writer(by, at, dry_run, _("register of schools, %(file)s") % {"file": path.name}), progress)
    return report


@dataclass(frozen=True)
class _Writer:
    """Who writes, when and why; a dry run writes nothing."""

    by: By
    at: datetime
    dry_run: bool
    reason: str


def _take_schools(extract: Extract, report: Report, writer: _Writer, progress: Progress) -> None:
    reader = SchoolReader(extract.heading)
    rows = _school_rows(extract, reader, report)
    while batch := list(islice(rows, BATCH)):
        differences = differences_of(batch, reader.fields)
        report.new += len(differences.new)
        report.changed += len(differences.changed)
        report.unchanged += len(batch) - len(differences.new) - len(differences.changed)
        if differences and not writer.dry_run:
            save_schools(differences=differences, fields=reader.fields, by=writer.by, at=writer.at, reason=writer.reason)
        progress(report.read)


def _school_rows(extract: Extract, reader: SchoolReader, report: Report) -> Iterator[SchoolRow]:
    first_lines: dict[str, int] = {}
    for line in extract:
        report.read += 1
        try:
            row = reader.read(line)
            if row.urn in first_lines:
                raise BadRow(_("The URN %(urn)s stands on line %(line)d already.") % {"urn": row.urn, "line": first_lines[row.urn]})
        except BadRow as bad:
            report.refuse(line.number, bad)
            continue
        first_lines[row.urn] = line.number
        yield row


def _take_links(extract: Extract, report: Report, writer: _Writer, progress: Progress) -> None:
    """The register writes each succession twice, once from either side; it is one link with the first date given."""
    found: dict[tuple[str, str], date | None] = {}
    reader = LinkReader(extract.heading)
    schools = set(School.objects.values_list("urn", flat=True))
    for line in extract:
        report.read += 1
        _take_link(line, reader, report, schools, found)
    progress(report.read)
    known = {
        (before, after): since for before, after, since in SchoolLink.objects.values_list("predecessor_id", "successor_id", "linked_on")
    }
    new = {pair: since for pair, since in found.items() if pair not in known}
    moved = {pair: since for pair, since in found.items() if pair in known and since != known[pair]}
    report.new, report.changed, report.unchanged = len(new), len(moved), len(found) - len(new) - len(moved)
    if (new or moved) and not writer.dry_run:
        save_school_links(new=new, moved=moved, by=writer.by, at=writer.at, reason=writer.reason)


def _take_link(line: Line, reader: LinkReader, report: Report, schools: set[str], found: dict[tuple[str, str], date | None]) -> None:
    try:
        link = reader.read(line)
    except BadRow as bad:
        report.refuse(line.number, bad)
        return
    if link is None or not {link.predecessor, link.successor} <= schools:
        report.skipped += 1
        return
    pair = (link.predecessor, link.successor)
    found[pair] = found.get(pair) or link.linked_on

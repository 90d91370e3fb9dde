"""Opening an extract: its encoding, its heading and its rows with the lines they stand on."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

CHUNK = 1024 * 1024
MOST_LINES_OF_A_RECORD = 50
ENCODINGS = ("utf-8-sig", "cp1252")
OTHER_KINDS = {
    b"PK\x03\x04": "Excel",
    b"\xd0\xcf\x11\xe0": "Excel",
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


class UnreadableFile(Exception):
    """The whole file is of no use; the message says why and what to do."""


class Line(NamedTuple):
    """One record and the line of the file on which it starts, quoted line ends counted."""

    number: int
    cells: list[str]
    lines: int = 1


def has_width(cells: list[str], width: int) -> bool:
    """Whether a record has as many cells as the heading; empty ones too many do no harm."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


class _Lines:
    """Physical lines for one record at a time, which may be handed back. `ran_out`: there was no line left to close it."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text, self._returned = text, deque[str]()
        self.number, self.taken, self.ran_out = 0, list[str](), False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = None if len(self.taken) == MOST_LINES_OF_A_RECORD else self._returned.popleft() if self._returned else next(self._text, None)
        if line is None:
            self.ran_out = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        return line

    def keep(self, count: int) -> None:
        """Count the first lines of the record as read and hand the others back."""
        self._returned.extendleft(reversed(self.taken[count:]))
        self.number += count
        self.taken, self.ran_out = [], False


class Extract:
    """
    An open extract. Iterating gives its records after the heading.

    A quotation mark that is not closed would swallow the lines after it: a record of several lines that has not as
    many cells as the heading is given out as wrong, and the lines after its first are read again on their own.
    """

    def __init__(self, text: Iterator[str]) -> None:
        self._lines = _Lines(text)
        self._reader = csv.reader(self._lines)
        first = next(self._records(), None)
        if first is None or not any(first.cells):
            raise UnreadableFile(_("The file is empty."))
        self.heading = first.cells

    def __iter__(self) -> Iterator[Line]:
        return (record for record in self._records(width=len(self.heading)) if any(record.cells))

    def _records(self, width: int | None = None) -> Iterator[Line]:
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:  # a cell larger than the reader takes
                cells = []
            if self._lines.ran_out or not cells:
                cells = self._lines.taken[0].splitlines()  # too few cells for any heading
            number, lines = self._lines.number + 1, len(self._lines.taken)
            self._lines.keep(lines if width is None or has_width(cells, width) else 1)
            yield Line(number, cells, lines)


@contextmanager
def open_extract(path: Path) -> Iterator[Extract]:
    """Open a CSV extract. Raises `UnreadableFile` for what is no text, no CSV or in an encoding nobody sends."""
    try:
        with path.open(encoding=encoding_of(path), newline="") as text:
            yield Extract(iter(text))
    except OSError as error:
        raise UnreadableFile(_("The file cannot be opened: %(error)s.") % {"error": error.strerror}) from error


def encoding_of(path: Path) -> str:
    """The first of our encodings in which every byte of the file makes sense; reads the file once, in pieces."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS}
    with path.open("rb") as raw:
        _refuse_other_kinds(raw.read(4))
        raw.seek(0)
        while chunk := raw.read(CHUNK):
            if b"\x00" in chunk:
                raise UnreadableFile(_("The file holds bytes that are no text (perhaps UTF-16). Save it as CSV in UTF-8."))
            decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, chunk)}
    decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, b"", final=True)}
    if not decoders:
        raise UnreadableFile(_("The file is in neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8."))
    return next(iter(decoders))


def _refuse_other_kinds(start: bytes) -> None:
    for mark, kind in OTHER_KINDS.items():
        if start.startswith(mark):
            raise UnreadableFile(_("This is %(kind)s and not a CSV file. Save it as CSV in UTF-8.") % {"kind": kind})


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True

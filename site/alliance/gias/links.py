"""The register's other extract: which school took which one's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alliance.gias.files import Line
from alliance.gias.schools import URN, BadRow, check_width, places_of, plain, urn_of
from alliance.gias.values import BadCell, date_of

LINK_URN = "LinkURN"
LINK_TYPE = "LinkType"
LINK_DATE = "LinkEstablishedDate"
REQUIRED = (URN, LINK_URN, LINK_TYPE)


def is_links_heading(heading: list[str]) -> bool:
    """Whether the extract is one of links; schools and links have no column but the URN in common."""
    return {plain(LINK_URN), plain(LINK_TYPE)} <= {plain(column) for column in heading}


@dataclass(frozen=True)
class LinkRow:
    predecessor: str
    successor: str
    linked_on: date | None


class LinkReader:
    """Reads rows under one heading. Raises `UnreadableFile` when a required column is missing."""

    def __init__(self, heading: list[str]) -> None:
        places = places_of(heading, REQUIRED)
        self._width = len(heading)
        self._urn, self._link, self._type = (places[plain(name)] for name in REQUIRED)
        self._date = places.get(plain(LINK_DATE))

    def read(self, line: Line) -> LinkRow | None:
        """None for a link that is no succession, such as a shared sixth form. Raises `BadRow`."""
        check_width(line, self._width)
        kind = plain(line.cells[self._type])
        if not kind.startswith(("predecessor", "successor")):
            return None
        here, there = urn_of(line.cells[self._urn]), urn_of(line.cells[self._link])
        if here == there:
            raise BadRow(_("A school does not take its own place."))
        try:
            linked_on = None if self._date is None else date_of(line.cells[self._date])
        except BadCell as bad:
            raise BadRow(f"{LINK_DATE}: {bad}") from bad
        return LinkRow(there, here, linked_on) if kind.startswith("predecessor") else LinkRow(here, there, linked_on)

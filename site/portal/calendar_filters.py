"""Filters of the calendar, read from the address; what does not make sense is left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation
from diary.enums import SourceKind
from diary.free_dates import free_halves_of
from portal.calendar_span import Span
from portal.leader_calendar import Day, LeaderRow
from website.forms import PlainForm

NO_DESIGNATION = "none"
AUTHORITY, SCHOOL = "authority:", "school:"
ANY = ("", _("Any"))


class CalendarFilter(PlainForm):
    """`rows` are those that the reader may see: what can be chosen comes from them."""

    q = forms.CharField(label=_("Leader’s name"), required=False, max_length=100)
    designation = forms.ChoiceField(
        label=_("Designation"), required=False, choices=[ANY, *((d.value, d.value) for d in Designation), (NO_DESIGNATION, _("None"))]
    )
    place = forms.ChoiceField(label=_("Authority or school"), required=False)
    kind = forms.ChoiceField(label=_("Taken for"), required=False, choices=[ANY, *SourceKind.choices])
    free = forms.ChoiceField(label=_("Free time"), required=False, choices=[ANY, ("yes", _("Only who is free"))])

    def __init__(self, data: Any, *, rows: list[LeaderRow], span: Span) -> None:
        super().__init__(data)
        self.rows, self.span = rows, span
        schools = {row.leader.supporting_school for row in rows}
        authorities = sorted({(s.local_authority, f"{AUTHORITY}{s.local_authority}") for s in schools if s.local_authority})
        place: Any = self.fields["place"]
        place.choices = [
            ANY,
            (_("Local authorities"), [(value, name) for name, value in authorities]),
            (_("Supporting schools"), [(f"{SCHOOL}{s.pk}", s.name) for s in sorted(schools, key=lambda s: (s.name, s.pk))]),
        ]

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def kept(self, days: list[Day], *, at: datetime) -> list[LeaderRow]:
        """The leaders asked for, each with all that they are taken for: nobody looks free because of a filter."""
        self.full_clean()
        asked = self.cleaned_data
        kept = [row for row in self.rows if _is_asked_for(row, asked)]
        if asked.get("free"):
            closed = {day.date for day in days if day.closed}
            free = free_halves_of([row.leader for row in kept], self.span.first, self.span.last, at=at, closed=closed)
            kept = [row for row in kept if free[row.leader.pk]]
        return kept


def _is_asked_for(row: LeaderRow, asked: dict[str, Any]) -> bool:
    name, designation, place, kind = (asked.get(key, "") for key in ("q", "designation", "place", "kind"))
    school = row.leader.supporting_school
    return (
        all(word in str(row.leader).casefold() for word in name.casefold().split())
        and designation in ("", *(row.designations or [NO_DESIGNATION]))
        and place in ("", f"{AUTHORITY}{school.local_authority}", f"{SCHOOL}{school.pk}")
        and (not kind or any(taken.kind == kind for taken in row.taken))
    )

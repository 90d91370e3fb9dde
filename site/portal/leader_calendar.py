"""
The calendar of leaders: when each is taken, for what, as far as the reader may know, and how much of the year they have given.

The same number of queries for one leader and for fifty, for a week and for a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alliance.models import LeaderDesignation, SystemLeader, User
from alliance.working_days import SATURDAY, bank_holidays
from cases.models import Case
from diary.enums import Half, SourceKind
from diary.models import HalfDay, WhichHalf
from diary.queries import Balance, balances, taken_between
from portal.calendar_span import Span
from portal.permissions import is_staff_of_alliance

ONE_LETTER = "one letter, in the calendar of a month"
LETTERS: dict[SourceKind | None, Any] = {
    SourceKind.VISIT: pgettext_lazy(ONE_LETTER, "V"),
    SourceKind.HEALTH_CHECK: pgettext_lazy(ONE_LETTER, "H"),
    SourceKind.DEPLOYMENT: pgettext_lazy(ONE_LETTER, "D"),
    SourceKind.LEAVE: pgettext_lazy(ONE_LETTER, "L"),
    None: pgettext_lazy(ONE_LETTER, "T"),
}
TAKEN = _("Taken")


@dataclass(frozen=True)
class Day:
    """`closed` says why nobody works on it: `Weekend`, or the name of the bank holiday."""

    date: date
    closed: str
    is_holiday: bool
    is_today: bool


@dataclass(frozen=True)
class Taken:
    """What a half is taken for. Without a `kind` the reader may know no more than that it is."""

    date: date
    half: Half
    kind: SourceKind | None = None
    held_until: datetime | None = None
    case: Case | None = None

    @property
    def label(self) -> str:
        return str(self.kind.label if self.kind else TAKEN)

    @property
    def letter(self) -> str:
        return str(LETTERS[self.kind])

    @property
    def slug(self) -> str:
        return self.kind.lower().replace("_", "-") if self.kind else "taken"


@dataclass(frozen=True)
class Slot:
    """Half a day in the grid: taken, or free."""

    half: Half
    taken: Taken | None


@dataclass(frozen=True)
class Cell:
    day: Day
    slots: list[Slot]

    @property
    def is_empty(self) -> bool:
        return not any(slot.taken for slot in self.slots)


@dataclass(frozen=True)
class LeaderRow:
    """One leader in the span. `designations` are those in force on any day of it; `balance` is of its first day's academic year."""

    leader: SystemLeader
    designations: list[str]
    balance: Balance
    cells: list[Cell]

    @property
    def taken(self) -> list[Taken]:
        """In the order of time."""
        return [slot.taken for cell in self.cells for slot in cell.slots if slot.taken]


def calendar_rows(reader: User, span: Span, days: list[Day], *, at: datetime) -> list[LeaderRow]:
    """A row for every leader that the reader may see, by name."""
    leaders = list(leaders_shown_to(reader, span, at=at))
    halves = taken_between(leaders, span.first, span.last, at=at)
    known = _Known.to(reader, (row for taken in halves.values() for row in taken.values()), on=timezone.localdate(at))
    given = balances(leaders, on=span.first)
    return [
        LeaderRow(
            leader=leader,
            designations=sorted({row.designation for row in leader.designations.all()}),
            balance=given[leader.pk],
            cells=_cells(days, {which: known.taken(row, leader) for which, row in halves[leader.pk].items()}),
        )
        for leader in leaders
    ]


def leaders_shown_to(reader: User, span: Span, *, at: datetime) -> QuerySet[SystemLeader]:
    """For alliance staff whoever may be deployed, or is taken in the span; for a leader nobody but themselves."""
    named = Prefetch("designations", LeaderDesignation.objects.overlapping(span.first, span.last))
    leaders = SystemLeader.objects.select_related("user", "supporting_school").prefetch_related(named)
    if not is_staff_of_alliance(reader):
        return leaders.filter(user=reader)
    taken = HalfDay.objects.taken(at).filter(leader=OuterRef("pk"), date__range=(span.first, span.last))
    return leaders.filter(Q(is_active=True) | Exists(taken))


def days_of(span: Span, *, today: date) -> list[Day]:
    holidays = bank_holidays(span.first, span.last)
    return [
        Day(
            date=day,
            closed=holidays.get(day) or (gettext("Weekend") if day.weekday() >= SATURDAY else ""),
            is_holiday=day in holidays,
            is_today=day == today,
        )
        for day in span.days
    ]


def _cells(days: list[Day], taken: Mapping[WhichHalf, Taken]) -> list[Cell]:
    return [Cell(day, [Slot(half, taken.get((day.date, half))) for half in Half]) for day in days]


@dataclass(frozen=True)
class _Known:
    """The cases that the halves of a page are taken for, as far as the reader sees them; `told` are those they read."""

    reader: User
    seen: dict[str, Case]
    told: set[str]

    @classmethod
    def to(cls, reader: User, rows: Iterable[HalfDay], *, on: date) -> _Known:
        references = {reference_of_case(row) for row in rows} - {""}
        named = Case.objects.filter(reference__in=references)
        seen = {case.reference: case for case in named.visible_to(reader, on=on).select_related("supported_school")}
        told = set(named.worked_on_by(reader, on=on).values_list("reference", flat=True))
        return cls(reader, seen, told)

    def taken(self, row: HalfDay, leader: SystemLeader) -> Taken:
        """
        Leave belongs to no case. Of a case that is kept from the reader (W3) nothing is told, not even whether it is a visit or a
        health check; what they do as a leader themselves is no secret from them.
        """
        reference, is_own = reference_of_case(row), leader.user_id == self.reader.pk
        if reference and not is_own and reference not in self.told:
            return Taken(row.date, Half(row.half))
        return Taken(row.date, Half(row.half), SourceKind(row.source_kind), row.held_until, self.seen.get(reference))


def reference_of_case(row: HalfDay) -> str:
    """Visits and days stand in the diary under the reference of their case and a key of their own; leave has none."""
    return "" if row.source_kind == SourceKind.LEAVE else row.source_reference.partition("/")[0]

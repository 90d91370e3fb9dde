"""What somebody is to one booking, and what of it that opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliance.enums import Power
from alliance.models import User
from alliance.queries import is_head_of, schools_of
from health_checks.enums import Audience, DayState
from health_checks.models import Assignment, Day, Record, Series
from health_checks.permissions import is_staff_for
from health_checks.transitions import Mover


@dataclass(frozen=True)
class Reader:
    """The reader of a booking and what they are to it on a day."""

    user: User
    series: Series
    today: date
    is_staff: bool
    books: bool
    """May book for the school."""
    is_head: bool
    signs: bool
    """May sign for the school, without booking: sees how far it is."""
    led: frozenset[int]
    """Keys of the days that the reader conducts, or conducted."""
    comes_to: frozenset[int]
    """Those of them for which no substitute is being found."""

    @property
    def sees_money(self) -> bool:
        return self.is_staff or self.books

    def leads(self, day: Day) -> bool:
        return day.pk in self.led

    def comes(self, day: Day) -> bool:
        return day.pk in self.comes_to

    def may(self, mover: Mover, day: Day | None = None) -> bool:
        """What `permissions.belongs_to` says, without asking the database for each day."""
        leader = day is not None and self.leads(day)
        return (
            self.user.is_active
            and {
                Mover.STAFF: self.is_staff,
                Mover.SCHOOL: self.books,
                Mover.SCHOOL_OR_STAFF: self.books or self.is_staff,
                Mover.LEADER: leader,
                Mover.LEADER_OR_STAFF: leader or self.is_staff,
                Mover.ANYBODY: self.is_staff or self.books or leader,
                Mover.SYSTEM: False,
            }[mover]
        )

    def sees_brief(self, day: Day) -> bool:
        return self.is_staff or self.books or self.leads(day)

    def reads_record(self, day: Day) -> bool:
        """
        While it is written, the leaders of the day; when it was handed over, or the day was ended before that, they and the school. Once
        the school has signed, or it is recorded that it has not, it is the school's: its people who book or sign for it as head, and whom
        the head shares it with.
        """
        record = getattr(day, "record", None)
        if record is None:
            return False
        if day.state == DayState.IN_PROGRESS:
            return self.leads(day)
        if day.state in (DayState.DELIVERED, DayState.ENDED_EARLY):
            return self.leads(day) or self.books or self.is_head
        return self.books or self.is_head or self._is_shared_with(record, day)

    def _is_shared_with(self, record: Record, day: Day) -> bool:
        audiences = {share.audience for share in record.shares.all() if share.revoked_at is None}
        return (self.is_staff and Audience.ALLIANCE in audiences) or (self.leads(day) and Audience.LEADERS in audiences)


def reader_of(user: User, series: Series, on: date) -> Reader:
    """Four queries at most, asked once for each booking that is in hand: a page asks for every step of every day."""
    kept: dict[tuple[int, date], Reader] = series.__dict__.setdefault("_readers", {})
    if (user.pk, on) not in kept:
        kept[user.pk, on] = _read(user, series, on)
    return kept[user.pk, on]


def _read(user: User, series: Series, on: date) -> Reader:
    school = series.case.supported_school
    mine = Assignment.objects.standing().filter(day__series=series, leader__user=user).exclude(day__state=DayState.RESCHEDULED)
    led = dict(mine.values_list("day", "cannot_come_at"))
    return Reader(
        user=user,
        series=series,
        today=on,
        is_staff=is_staff_for(user, series),
        books=school in schools_of(user, on, Power.BOOK),
        is_head=school is not None and is_head_of(user, school, on),
        signs=school in schools_of(user, on, Power.SIGN),
        led=frozenset(led),
        comes_to=frozenset(day for day, cannot_come_at in led.items() if cannot_come_at is None),
    )

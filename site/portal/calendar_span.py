"""The days that a page of the calendar shows: one week or one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class View(StrEnum):
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Span:
    """From the first day up to and with the last; a week begins on Monday."""

    view: View
    first: date
    last: date

    @classmethod
    def around(cls, day: date, view: View) -> Span:
        """The week or month that a day is in."""
        if view is View.WEEK:
            first = day - day.weekday() * DAY
            return cls(view, first, first + 6 * DAY)
        first = day.replace(day=1)
        return cls(view, first, (first + 31 * DAY).replace(day=1) - DAY)

    @property
    def days(self) -> list[date]:
        return [self.first + number * DAY for number in range((self.last - self.first).days + 1)]

    @property
    def previous(self) -> date:
        """The first day of the span before."""
        return Span.around(self.first - DAY, self.view).first

    @property
    def following(self) -> date:
        """The first day of the span after."""
        return self.last + DAY

    @property
    def title(self) -> str:
        """`16 to 22 November 2026`, or `November 2026`."""
        if self.view is View.MONTH:
            return date_format(self.first, "F Y")
        in_one_month, in_one_year = self.first.month == self.last.month, self.first.year == self.last.year
        begins = "j" if in_one_month else "j F" if in_one_year else "j F Y"
        return _("%(first)s to %(last)s") % {"first": date_format(self.first, begins), "last": date_format(self.last, "j F Y")}


def span_asked_for(*, view: str, day: str, today: date) -> Span:
    """The span that an address names; what does not make sense there is today's week."""
    try:
        wanted = date.fromisoformat(day[:10])
    except ValueError:
        wanted = today
    if not EARLIEST <= wanted <= LATEST:
        wanted = today
    return Span.around(wanted, View(view) if view in list(View) else View.WEEK)

"""When leaders are taken: for alliance staff all of them, for a leader their own days; as a grid, as a list, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.models import User
from alliance.queries import leader_of
from common.access import Access, access
from common.exports import csv_response, xlsx_response
from portal.calendar_filters import CalendarFilter
from portal.calendar_span import Span, span_asked_for
from portal.leader_calendar import Day, LeaderRow, calendar_rows, days_of
from portal.permissions import is_staff_of_alliance

PAGE = 25
LIST = "list"
WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


def _has_a_calendar(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and (is_staff_of_alliance(user) or leader_of(user) is not None)


HAS_A_CALENDAR = Access("alliance staff, and a system leader for their own days", _has_a_calendar)


@dataclass(frozen=True)
class _Asked:
    span: Span
    days: list[Day]
    filter: CalendarFilter
    rows: list[LeaderRow]


def _asked(request: HttpRequest) -> _Asked:
    """What the address asks for, as far as it is this reader's."""
    now, today = timezone.now(), timezone.localdate()
    span = span_asked_for(view=request.GET.get("view", ""), day=request.GET.get("day", ""), today=today)
    days = days_of(span, today=today)
    filtered = CalendarFilter(request.GET, rows=calendar_rows(person_of(request), span, days, at=now), span=span)
    return _Asked(span, days, filtered, filtered.kept(days, at=now))


@access(HAS_A_CALENDAR)
def calendar(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    context = {
        "span": asked.span,
        "days": asked.days,
        "holidays": [day for day in asked.days if day.is_holiday],
        "blanks": asked.span.first.isoweekday(),
        "filter": asked.filter,
        "page": Paginator(asked.rows, PAGE).get_page(request.GET.get("page")),
        "is_list": request.GET.get("layout") == LIST,
        "is_staff_of_alliance": is_staff_of_alliance(person_of(request)),
        "today": timezone.localdate(),
    }
    return render(request, "portal/calendar.html", context)


@access(HAS_A_CALENDAR)
def export(request: HttpRequest, format: str) -> HttpResponse:
    """What the calendar shows, as a spreadsheet; cells cannot be formulas."""
    if format not in WRITERS:
        raise Http404
    heading = [
        _("Leader"), _("Designation"), _("Supporting school"), _("Day"), _("Half"), _("Taken for"), _("Held until"), _("Case"), _("School"),
        _("Half days taken in the year"), _("Half days given in the year"),
    ]  # fmt: skip
    asked = _asked(request)
    return WRITERS[format](filename=f"calendar-{asked.span.first}", heading=heading, rows=_export_rows(asked.rows))


def _export_rows(rows: list[LeaderRow]) -> Iterator[list[Any]]:
    """One a taken half; a leader who is taken for nothing has one as well, for their load."""
    for row in rows:
        who = [str(row.leader), ", ".join(row.designations), row.leader.supporting_school.name]
        load = [row.balance.taken, row.balance.allowance]
        for taken in row.taken:
            case = [taken.case.reference, taken.case.school_name] if taken.case else ["", ""]
            yield [*who, taken.date, str(taken.half.label), taken.label, taken.held_until, *case, *load]
        if not row.taken:
            yield [*who, None, "", _("Nothing"), None, "", "", *load]

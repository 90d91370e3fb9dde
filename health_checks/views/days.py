"""One day on a page of its own: its brief, who comes, what it costs, its record, and everything that can be done with it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliance.access import person_of
from common.access import SIGNED_IN, access
from diary.calendars import ics_response
from finance.cancellation import bands_in_words
from health_checks.calendar import entry_of
from health_checks.enums import BOOKED, COMING
from health_checks.fees import policy_of
from health_checks.record_text import paragraphs_for_sef
from health_checks.standing import Reader, reader_of
from health_checks.steps import offers_to
from health_checks.steps.base import day_of
from health_checks.steps.records import record_context
from health_checks.tabs import Row, rows_of
from health_checks.views.steps import booking_of

SHARING = ("share-with-alliance", "share-with-leaders")
"""Steps that stand below the record, which whoever shares it has read."""


def row_of(request: HttpRequest, reference: str, pk: int) -> tuple[Row, Reader]:
    """A day that the reader may see, with who they are to it, or 404."""
    series = booking_of(request, reference)
    reader = reader_of(person_of(request), series, timezone.localdate())
    rows = rows_of(reader, [], pk=pk)
    if not rows:
        raise Http404
    return rows[0], reader


@access(SIGNED_IN)
def day(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    row, reader = row_of(request, reference, pk)
    series = reader.series
    offers = [offer for offer in offers_to(reader.user, series, reader.today) if day_of(offer.target) == row.day]
    reads_record = reader.reads_record(row.day)
    policy = policy_of(row.day) if reader.sees_money and row.day.state in COMING else None
    context = {
        "case": series.case,
        "series": series,
        "reader": reader,
        "row": row,
        "day": row.day,
        "is_led": reader.leads(row.day),
        "is_owed": series.state in BOOKED and row.day.is_owed_another_date,
        "coming": COMING,
        "offers": [offer for offer in offers if not hasattr(offer.target, "leader_id") and offer.slug not in SHARING],
        "offers_on_record": [offer for offer in offers if offer.slug in SHARING],
        "offers_on_leaders": [offer for offer in offers if hasattr(offer.target, "leader_id")],
        "sees_brief": reader.sees_brief(row.day),
        "reads_record": reads_record,
        "policy": bands_in_words(policy) if policy else [],
        "shares": [share for share in row.day.record.shares.all() if share.revoked_at is None] if reads_record and reader.is_head else [],
    }
    if reads_record:
        context |= record_context(series, row.day)
        context["paragraphs"] = paragraphs_for_sef(row.day, row.day.record.text) if row.day.record.is_complete else []
    return render(request, "health_checks/day.html", context)


@access(SIGNED_IN)
def calendar_entry(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The day as an entry to put into one's own calendar."""
    row, _reader = row_of(request, reference, pk)
    return ics_response([entry_of(row.day)], f"health-check-{row.day.date.isoformat()}.ics")

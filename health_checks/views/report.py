"""Counts over all days, and nothing of what any school wrote: records are the schools' own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliance.access import ALLIANCE_STAFF
from common.access import access
from common.exports import csv_response, xlsx_response
from health_checks.counts import counts_by_year

WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


@access(ALLIANCE_STAFF)
def report(request: HttpRequest) -> HttpResponse:
    return render(request, "health_checks/report.html", {"years": counts_by_year()})


@access(ALLIANCE_STAFF)
def export(request: HttpRequest, format: str) -> HttpResponse:
    if format not in WRITERS:
        raise Http404
    rows: list[list[Any]] = [
        [year.label, what, number] for year in counts_by_year() for what, number in (*year.days, *year.verdicts, *year.usefulness)
    ]
    return WRITERS[format](filename="health-checks", heading=[_("Academic year"), _("What"), _("How many")], rows=rows)

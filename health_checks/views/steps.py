"""One step of a booking on a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from common.access import SIGNED_IN, access
from health_checks.models import Series
from health_checks.steps import STEPS
from health_checks.tabs import series_of
from portal.steps import Step, step_page
from portal.views.cases import visible_case


def booking_of(request: HttpRequest, reference: str) -> Series:
    """The booking of a case that the reader may see, or 404."""
    series = series_of(visible_case(request, reference))
    if series is None:
        raise Http404
    return series


@access(SIGNED_IN)
def step(request: HttpRequest, reference: str, slug: str, target: int | None = None) -> HttpResponseBase:
    """Show a step, or take it. Who may not take it gets 403; a day of another booking is 404."""
    series = booking_of(request, reference)

    def go_back(found: Step) -> HttpResponseBase:
        return redirect("portal:case_tab", series.case.reference, found.tab)

    return step_page(request, STEPS.get(slug), case=series.case, subject=series, target=target, go_back=go_back, series=series)

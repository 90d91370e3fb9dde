"""The work list, its export, the search, and the case page with its tabs."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from alliance.access import person_of
from cases.models import Case, Turn
from cases.models.cases import CaseQuerySet
from common.access import SIGNED_IN, access
from common.exports import csv_response, xlsx_response
from common.references import InvalidReference, parse_reference
from portal.case_filters import CaseFilter, found_by, with_next_due
from portal.case_tabs import core_tabs
from portal.forms import AssignManyForm
from portal.permissions import is_staff_of_alliance
from website.forms import make_plain

PAGE = 25
EXPORT_LIMIT = 10_000


def visible_cases(request: HttpRequest) -> CaseQuerySet:
    return Case.objects.visible_to(person_of(request), on=timezone.localdate())


def worked_on_cases(request: HttpRequest) -> QuerySet[Case]:
    return Case.objects.worked_on_by(person_of(request), on=timezone.localdate())


def handled_cases(request: HttpRequest) -> QuerySet[Case]:
    return Case.objects.handled_by(person_of(request))


def visible_case(request: HttpRequest, reference: str, *, to_work_on: bool = False, to_handle: bool = False) -> Case:
    """
    The case, or 404 for one that is not there or not this reader's: the two look the same.

    `reference` may be written as people write it. `to_work_on` leaves out those who only see how far the case is, `to_handle` all
    but the staff who act on it for the alliance.
    """
    cases = handled_cases(request) if to_handle else worked_on_cases(request) if to_work_on else visible_cases(request)
    try:
        stored = parse_reference(reference)
    except InvalidReference:
        raise Http404 from None
    return get_object_or_404(
        cases.select_related("supported_school", "owner", "organisation", "requester_kind", "protocol_version"), reference=stored
    )


def _filtered(request: HttpRequest) -> CaseFilter:
    """The work list as asked for. Without filters staff see what is open; others, who have a few, all of theirs."""
    data = request.GET.copy()
    data.setdefault("state", "open" if is_staff_of_alliance(person_of(request)) else "all")
    cases = with_next_due(visible_cases(request)).with_twins().order_by(F("next_due").asc(nulls_last=True), "-opened_at", "-pk")
    filtered = CaseFilter(data, queryset=cases, request=request)
    make_plain(filtered.form)
    return filtered


@access(SIGNED_IN)
def case_list(request: HttpRequest) -> HttpResponse:
    filtered = _filtered(request)
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    staff = is_staff_of_alliance(person_of(request))
    context = {
        "filter": filtered if staff and (page.object_list or request.GET) else None,
        "can_export": staff and bool(page.object_list),
        "page": page,
        "query": query.urlencode(),
        "today": timezone.localdate(),
        "is_staff_of_alliance": staff,
        "assign_form": AssignManyForm(initial={"query": query.urlencode()}) if staff and page.object_list else None,
    }
    return render(request, "portal/cases.html", context)


@access(SIGNED_IN)
def export(request: HttpRequest, format: str) -> HttpResponse:
    """The work list as filtered, as a spreadsheet; cells cannot be formulas."""
    writers = {"csv": csv_response, "xlsx": xlsx_response}
    if format not in writers:
        raise Http404
    heading = [_("Reference"), _("School"), _("In short"), _("Status"), _("Owner"), _("Opened"), _("Closed"), _("Next due")]
    staff = is_staff_of_alliance(person_of(request))
    rows = (
        [
            case.reference,
            case.school_name,
            case.title,
            (case.staff_status if staff else case.get_public_status_display()),
            str(case.owner or ""),
            timezone.localdate(case.opened_at),
            timezone.localdate(case.closed_at) if case.closed_at else None,
            case.next_due,
        ]
        for case in _filtered(request).qs[:EXPORT_LIMIT]
    )
    return writers[format](filename="cases", heading=heading, rows=rows)


@access(SIGNED_IN)
def search(request: HttpRequest) -> HttpResponseBase:
    """Search what this reader may see; a reference leads straight to its case."""
    text = request.GET.get("q", "").strip()[:100]
    try:
        exact = visible_cases(request).filter(reference=parse_reference(text)).first()
    except InvalidReference:
        exact = None
    if exact:
        return redirect("portal:case", reference=exact.reference)
    found = found_by(with_next_due(visible_cases(request)), text) if text else Case.objects.none()
    page = Paginator(found.order_by("-opened_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "portal/search.html",
        {"text": text, "page": page, "today": timezone.localdate(), "is_staff_of_alliance": is_staff_of_alliance(person_of(request))},
    )


@access(SIGNED_IN)
def case(request: HttpRequest, reference: str, tab: str = "") -> HttpResponseBase:
    """A tab of the case page; a reference in capitals or without dashes leads to the page's one address."""
    found = visible_case(request, reference)
    if found.reference != reference:
        return redirect("portal:case_tab", found.reference, tab) if tab else redirect("portal:case", found.reference)
    return case_page(request, found, tab)


def case_page(request: HttpRequest, case: Case, tab: str = "", **forms: Any) -> HttpResponse:
    """
    Render the page with one tab open. `forms` are refused ones to show again, by the name the tab gives them.

    Staff who are barred from the case and act for its school see it as the school does.
    """
    staff = is_staff_of_alliance(person_of(request))
    handles_case = staff and handled_cases(request).filter(pk=case.pk).exists()
    works_on_case = handles_case or worked_on_cases(request).filter(pk=case.pk).exists()
    for_staff = staff and (handles_case or not works_on_case)
    contributed = (tab for hook in hooks.get_hooks("s2s_case_tabs") for tab in hook(request, case))
    every_tab = (*core_tabs(request, case, forms, for_staff=for_staff, works_on_case=works_on_case), *contributed)
    tabs = sorted((tab for tab in every_tab if works_on_case or tab.for_onlookers), key=lambda tab: tab.order)
    current = next((t for t in tabs if t.slug == tab), None)
    if current is None:
        raise Http404
    context = {
        "case": case,
        "tabs": tabs,
        "current": current,
        "tab_slugs": {t.slug for t in tabs},
        "is_staff_of_alliance": for_staff,
        "works_on_case": works_on_case,
        "is_my_turn": Turn.objects.of(person_of(request), on=timezone.localdate()).filter(case=case).exists(),
        "age_days": (timezone.localdate() - timezone.localdate(case.opened_at)).days,
        "today": timezone.localdate(),
        "has_errors": bool(forms),
        **forms,
        **current.context(),
    }
    return render(request, "portal/case.html", context)

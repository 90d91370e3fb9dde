"""What would it cost: the prices of a day for any school, by the rates and the membership of that day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.access import roles_access
from alliance.models import School
from alliance.queries import tier_of
from alliance.roles import Role
from common.access import access
from finance.enums import Service
from finance.price_list import price_list
from finance.pricing import Buyer
from portal.school_search import search_schools
from website.forms import DayMonthYearField, PlainForm

HANDLES_PRICES = roles_access(Role.FINANCE, Role.S2S_LEAD, Role.BROKER)


class PriceDayForm(PlainForm):
    on = DayMonthYearField(label=_("Day of service"), error_messages={"required": _("Enter the day of service")})


@access(HANDLES_PRICES)
def choose_school(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/prices.html", {**search_schools(request), "target": "portal:prices_for"})


@access(HANDLES_PRICES)
def prices_for(request: HttpRequest, urn: str) -> HttpResponse:
    """The price list of a school on a day, today unless another one is asked for. Nothing is stored."""
    school = get_object_or_404(School, urn=urn)
    today = timezone.localdate()
    asked = "on_day" in request.GET
    form = PriceDayForm(request.GET if asked else None, initial={"on": today})
    on = today if not asked else form.cleaned_data["on"] if form.is_valid() else None
    context: dict[str, Any] = {"school": school, "day_form": form, "on": on}
    if on:
        buyer = Buyer(school, Service.HEALTH_CHECK)
        context |= {"tier": tier_of(school, on), "rows": price_list(on=on, buyer=buyer)}
    return render(request, "portal/prices.html", context)

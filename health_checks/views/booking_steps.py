"""The steps of the booking journey, one page each; the dates with their clashes. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from common.access import SIGNED_IN, access
from finance.price_list import PriceRow, price_list
from health_checks.actions.keep_booking_step import BookingIsSent, keep_booking_step
from health_checks.booking import Booking, BookingStep, find_step
from health_checks.enums import CONDUCTING, Repeat
from health_checks.forms.booking import OTHER_DATE, SKIP, ClashesForm, DatesForm
from health_checks.pricing import buyer_of
from health_checks.views.booking import booking_of, elsewhere, where_to_go_on


@access(SIGNED_IN)
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """Show a step of a booking, or keep its answers and go on."""
    current, booking = find_step(slug), booking_of(request, pk)
    if current is None:
        raise Http404
    if away := elsewhere(request, booking):
        return away
    if current not in booking.steps:
        return where_to_go_on(booking)
    before = booking.steps[: booking.steps.index(current)]
    if missing := next((one for one in before if not booking.is_complete(one)), None):
        return redirect("health_checks:book_step", pk, missing.slug)
    if current.form is DatesForm and booking.dates_asked() and not ("change" in request.GET and request.method == "GET"):
        return _dates(request, current, booking)
    form = _form(request, current, booking)
    if request.method == "POST" and form.is_valid():
        _keep(request, booking, current.slug, form.answers())
        return redirect("health_checks:book_step", pk, "dates") if current.form is DatesForm else _after(request, booking, current)
    return _page(request, current, booking, form)


def _form(request: HttpRequest, current: BookingStep, booking: Booking) -> Any:
    user = person_of(request)
    options: dict[str, Any] = {"school": booking.school, "user": user, "initial": dict(booking.answers(current.slug))}
    if current.slug == "contact" and not booking.answers("contact"):
        options["initial"] = {"contact_name": user.get_full_name(), "contact_email": user.email}
    if current.form is DatesForm:
        options |= {"number": booking.number, "repeat": booking.repeat}
    return current.form(request.POST, **options) if request.method == "POST" else current.form(**options)


def _dates(request: HttpRequest, current: BookingStep, booking: Booking) -> HttpResponseBase:
    """Each date with what speaks against it; the clashes are decided one by one, and those dates looked at again."""
    if request.method == "POST" and "given" in request.POST:
        form = _form(request, current, booking)
        if form.is_valid():
            _keep(request, booking, "dates", form.answers())
            return redirect("health_checks:book_step", booking.draft.pk, "dates")
        return _page(request, current, booking, form)
    asked = booking.asked(booking.dates_asked())
    clashes = [one for one in asked if one.cause]
    form = ClashesForm(
        request.POST if request.method == "POST" else None, school=booking.school, user=person_of(request), clashes=clashes,
        one_by_one=booking.repeat == Repeat.NONE,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _settle(request, booking, asked, form):
        return _after(request, booking, current)
    return _page(request, current, booking, form, asked=asked, clashes=clashes)


def _settle(request: HttpRequest, booking: Booking, asked: list[Any], form: ClashesForm) -> bool:
    """Keep what was decided. Another date that does not suit either is told beside it."""
    chosen = form.chosen()
    others = [instead for do, instead in chosen.values() if do == OTHER_DATE and instead]
    causes = {one.day: one.cause for one in booking.asked(others)} if others else {}
    for day, (do, instead) in chosen.items():
        if do == OTHER_DATE and instead and causes[instead]:
            form.add_error(f"date-{day.isoformat()}", causes[instead])
    rows, kept = [], set()
    for one in asked:
        do, instead = chosen.get(one.day, ("", None))
        day = instead or one.day
        if do != SKIP and day in kept:
            form.add_error(f"date-{one.day.isoformat()}" if do == OTHER_DATE else None, _("This date is in your booking already."))
        kept |= {day} if do != SKIP else set()
        rows.append({"date": day.isoformat(), "cause": one.cause if do == SKIP else ""})
    if not kept:
        form.add_error(None, _("Keep at least one day, or give other dates."))
    if form.errors:
        return False
    _keep(request, booking, "dates", {**booking.answers("dates"), "days": sorted(rows, key=lambda row: str(row["date"]))})
    return True


def _keep(request: HttpRequest, booking: Booking, slug: str, answers: dict[str, Any]) -> None:
    """Changing the days asks for the dates again: length and leaders decide which suit."""
    try:
        booking.draft = keep_booking_step(draft=booking.draft, step=slug, answers=answers, by=person_of(request), at=timezone.now())
    except BookingIsSent as refusal:
        messages.info(request, str(refusal))


def _after(request: HttpRequest, booking: Booking, current: BookingStep) -> HttpResponseBase:
    following = booking.steps[booking.steps.index(current) + 1 :]
    if booking.first_incomplete or not following or "check" in request.GET:
        return where_to_go_on(booking)
    return redirect("health_checks:book_step", booking.draft.pk, following[0].slug)


def _page(request: HttpRequest, current: BookingStep, booking: Booking, form: Any, **context: Any) -> HttpResponse:
    steps = booking.steps
    number = steps.index(current)
    is_undecided = bool(context.get("clashes")) and not booking.is_settled
    shown = {
        "step": current,
        "number": number + 1,
        "steps": steps,
        "booking": booking,
        "form": form,
        "before": steps[number - 1] if number else None,
        "prices": _prices(booking) if current.slug == "days" else [],
        "price": booking.price if current.slug not in ("focus", "days") else None,
        "undecided": len(context["clashes"]) if is_undecided else 0,
        **context,
    }
    return render(request, f"health_checks/booking/{'clashes' if 'asked' in context else current.slug}.html", shown)


def _prices(booking: Booking) -> list[PriceRow]:
    """What the school pays today, by the designations that conduct days."""
    rows = price_list(on=timezone.localdate(), buyer=buyer_of(booking.school))
    return [row for row in rows if row.full_day.wanted.designation in CONDUCTING]

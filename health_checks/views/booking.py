"""The booking journey around its steps: for which school, check answers, sent. Works without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.models import School
from common.access import SIGNED_IN, access
from common.actions import Refusal
from common.form_flow import FormRefused, act_once
from finance.cancellation import bands_in_words
from health_checks.actions.discard_booking import discard_booking
from health_checks.actions.request_series import may_ask
from health_checks.actions.send_booking import send_booking
from health_checks.actions.start_booking import start_booking
from health_checks.booking import Booking, schools_for
from health_checks.models import BookingDraft
from health_checks.pricing import policy_on
from health_checks.shown import Shown, shown_of
from portal.actions.claim_role import claim_role
from portal.people_forms import ClaimForm
from portal.school_search import search_schools


def booking_of(request: HttpRequest, pk: int) -> Booking:
    """One's own booking in the making, or 404."""
    drafts = BookingDraft.objects.select_related("user", "school", "case").filter(user=person_of(request))
    return Booking(get_object_or_404(drafts, pk=pk), at=timezone.now())


def elsewhere(request: HttpRequest, booking: Booking) -> HttpResponseBase | None:
    """Where somebody is sent whose booking is sent already, or who may not ask for its school any more."""
    if booking.draft.case is not None:
        return redirect("health_checks:book_sent", booking.draft.pk)
    return None if may_ask(person_of(request), booking.school, timezone.localdate()) else redirect("health_checks:book")


def where_to_go_on(booking: Booking) -> HttpResponseBase:
    """The first step that lacks something, or the page to check all answers."""
    missing = booking.first_incomplete
    return (
        redirect("health_checks:book_step", booking.draft.pk, missing.slug)
        if missing
        else redirect("health_checks:book_check", booking.draft.pk)
    )


@access(SIGNED_IN)
def start(request: HttpRequest) -> HttpResponseBase:
    """For which school, and what that makes the days cost; or on with what was begun."""
    user = person_of(request)
    choices = schools_for(user, timezone.localdate())
    drafts = {draft.school: draft for draft in BookingDraft.objects.filter(user=user, case=None).select_related("school")}
    if request.method == "POST":
        if discarded := next((draft for draft in drafts.values() if str(draft.pk) == request.POST.get("discard")), None):
            discard_booking(draft=discarded, by=user, at=timezone.now())
            messages.success(request, _("The booking for %(school)s was thrown away.") % {"school": discarded.school})
            return redirect("health_checks:book")
        chosen = next((one.school for one in choices if one.school.pk == request.POST.get("school")), None)
        if chosen is None:
            raise Http404
        return where_to_go_on(Booking(start_booking(user=user, school=chosen, by=user, at=timezone.now()), at=timezone.now()))
    rows = [(one, drafts.get(one.school)) for one in choices]
    return render(request, "health_checks/booking/start.html", {"rows": rows})


@access(SIGNED_IN)
def choose_school(request: HttpRequest) -> HttpResponse:
    """Find one's school, to say what one is there."""
    return render(request, "health_checks/booking/school.html", {**search_schools(request), "target": "health_checks:book_claim"})


@access(SIGNED_IN)
def claim(request: HttpRequest, urn: str) -> HttpResponseBase:
    """Say what one is at the school; the booking can go on at once, leaders are held once the alliance has checked it."""
    school, user = get_object_or_404(School.objects.open(), urn=urn), person_of(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            claim_role(user=user, school=school, kind=form.cleaned_data["kind"], by=user, at=timezone.now())

        try:
            act_once(request, form, act, done=_("Thank you. We check it; you can go on with your booking meanwhile."))
        except FormRefused:
            pass
        else:
            return redirect("health_checks:book")
    return render(request, "health_checks/booking/claim.html", {"form": form, "school": school})


@access(SIGNED_IN)
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All answers with change links, the price and what cancelling would cost; the button asks for the days as they were shown."""
    booking = booking_of(request, pk)
    if away := elsewhere(request, booking):
        return away
    if booking.first_incomplete:
        return where_to_go_on(booking)
    if request.method == "POST":
        return _send(request, booking)
    days = booking.days()
    policy = policy_on(min(day.date for day in days if not day.cause))
    context = {
        "booking": booking,
        "days": days,
        "price": booking.price,
        "shown": shown_of(booking, policy).fields,
        "statements": [one for one in booking.statements() if one.judgement or one.needs],
        "policy": bands_in_words(policy) if policy else [],
        "is_verified": _is_verified(booking, request),
    }
    return render(request, "health_checks/booking/check.html", context)


def _send(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    """Ask for the days; the confirmation has an address of its own, so that a second tap or going back ends there too."""
    try:
        send_booking(draft=booking.draft, shown=Shown.posted(request.POST), by=person_of(request), at=timezone.now())
    except (Refusal, ValidationError) as refusal:
        told = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, _("Nothing was sent.") + " " + told)
        return redirect("health_checks:book_check", booking.draft.pk)
    except PermissionDenied:
        return redirect("health_checks:book")
    return redirect("health_checks:book_sent", booking.draft.pk)


@access(SIGNED_IN)
def sent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The reference and what happens next; can be opened again."""
    booking = booking_of(request, pk)
    if booking.draft.case is None:
        return where_to_go_on(booking)
    context = {"case": booking.draft.case, "is_verified": _is_verified(booking, request)}
    return render(request, "health_checks/booking/sent.html", context)


def _is_verified(booking: Booking, request: HttpRequest) -> bool:
    return any(one.is_verified for one in schools_for(person_of(request), timezone.localdate()) if one.school == booking.school)

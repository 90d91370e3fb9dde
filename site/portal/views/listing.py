"""Whether a system leader is shown in the public directory, which they alone decide (P8)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.actions.choose_listing import choose_listing
from alliance.queries import leader_of
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from portal.people_forms import ListingForm
from website.leaders import directory, listed_leaders


@access(SIGNED_IN)
def listing(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    leader = leader_of(user)
    if leader is None:
        raise Http404
    initial = {"consents": leader.consents_to_listing_at is not None, "summary": leader.summary}
    form = ListingForm(request.POST or None, initial=initial)
    if request.method == "POST":
        try:
            act_once(
                request,
                form,
                lambda: choose_listing(
                    leader=leader, consents=form.cleaned_data["consents"], summary=form.cleaned_data["summary"], by=user, at=timezone.now()
                ),
                done=_("Your choice was saved. The directory follows at once."),
            )
        except FormRefused:
            pass
        else:
            return redirect("portal_listing")
    place, ending = directory(), f"-{leader.pk}"
    shown = next((listed for listed in listed_leaders() if listed.address.endswith(ending)), None)
    link = f"{place.url}{shown.address}/" if place and shown else ""
    return render(request, "portal/account/listing.html", {"form": form, "leader": leader, "link": link})

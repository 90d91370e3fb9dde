"""Ties of a leader to schools, said by the leader before anybody is matched."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.actions.declare_interest import declare_interest
from alliance.models import DeclaredInterest, School, SystemLeader
from alliance.queries import leader_of
from common.access import Access, access
from common.form_flow import FormRefused, act_once
from portal.people_forms import InterestForm
from portal.school_search import search_schools

LEADERS = Access("system leader", lambda request: request.user.is_authenticated and leader_of(person_of(request)) is not None)


@access(LEADERS)
def interests(request: HttpRequest) -> HttpResponse:
    """The schools to which one is not sent, each with the reason; find another."""
    own = DeclaredInterest.objects.filter(leader__user=person_of(request)).select_related("school").order_by("school__name", "pk")
    context = {"interests": own, **search_schools(request), "target": "portal_interest"}
    return render(request, "portal/account/interests.html", context)


@access(LEADERS)
def declare(request: HttpRequest, urn: str) -> HttpResponse:
    """Say why one cannot support a school."""
    school, leader = get_object_or_404(School, urn=urn), get_object_or_404(SystemLeader, user=person_of(request))
    form = InterestForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            declare_interest(leader=leader, school=school, reason=form.cleaned_data["reason"], by=person_of(request), at=timezone.now())

        try:
            act_once(request, form, act, done=_("Thank you. You will not be put forward for this school."))
        except FormRefused:
            pass
        else:
            return redirect("portal_interests")
    return render(request, "portal/account/interest.html", {"form": form, "school": school})

"""Claimed roles: a person says what they are at a school, alliance staff check it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alliance.access import ALLIANCE_STAFF, person_of
from alliance.actions.decline_school_role import decline_school_role
from alliance.actions.verify_school_role import verify_school_role
from alliance.models import School, SchoolRole, SystemLeader
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from portal.actions.claim_role import claim_role
from portal.people_forms import ClaimForm, ConfirmForm, DeclineForm, new_confirm_form
from portal.school_search import search_schools


@access(SIGNED_IN)
def roles(request: HttpRequest) -> HttpResponse:
    """One's own roles at schools: those that hold, those that wait, those declined."""
    user = person_of(request)
    own = SchoolRole.objects.filter(user=user).select_related("school", "kind").order_by("school__name", "kind__order", "-starts_on", "pk")
    leader = SystemLeader.objects.filter(user=user, is_active=True).select_related("supporting_school").first()
    return render(request, "portal/account/roles.html", {"roles": own, "leader": leader, "today": timezone.localdate()})


@access(SIGNED_IN)
def choose_school(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/account/claim_school.html", {**search_schools(request), "target": "portal_claim"})


@access(SIGNED_IN)
def claim(request: HttpRequest, urn: str) -> HttpResponse:
    school = get_object_or_404(School.objects.open(), urn=urn)
    user = person_of(request)
    form = ClaimForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            claim_role(user=user, school=school, kind=form.cleaned_data["kind"], by=user, at=timezone.now())

        try:
            act_once(request, form, act, done=_("Thank you. We check it, and write to you when we have."))
        except FormRefused:
            pass
        else:
            return redirect("portal_roles")
    return render(request, "portal/account/claim.html", {"form": form, "school": school})


@access(ALLIANCE_STAFF)
def claims(request: HttpRequest) -> HttpResponse:
    """People waiting to be verified, the longest waiting first."""
    waiting = SchoolRole.objects.claimed().select_related("user", "school", "kind").order_by("claimed_at", "pk")
    return render(request, "portal/people/claims.html", {"claims": waiting, "confirm_form": new_confirm_form})


@access(ALLIANCE_STAFF)
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(SchoolRole.objects.select_related("user"), pk=pk)
    done = _("%(person)s’s role was verified. We have written to them.") % {"person": role.user}
    try:
        act_once(
            request, ConfirmForm(request.POST), lambda: verify_school_role(role=role, by=person_of(request), at=timezone.now()), done=done
        )
    except FormRefused:
        raise Http404 from None
    return redirect("portal:claims")


@access(ALLIANCE_STAFF)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why. A claim decided meanwhile is refused in words, beside the reason as it was typed."""
    roles = SchoolRole.objects.all() if request.method == "POST" else SchoolRole.objects.claimed()
    role = get_object_or_404(roles.select_related("user", "school", "kind"), pk=pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST":

        def act() -> None:
            decline_school_role(role=role, reason=form.cleaned_data["reason"], by=person_of(request), at=timezone.now())

        try:
            act_once(request, form, act, done=_("%(person)s’s role was declined. We have written to them.") % {"person": role.user})
        except FormRefused:
            pass
        else:
            return redirect("portal:claims")
    return render(request, "portal/people/decline.html", {"form": form, "role": role})

"""Inviting somebody: choose the school first, where there is one, then say who it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import ALLIANCE_STAFF, S2S_LEADS, person_of
from alliance.enums import Designation
from alliance.models import School, SchoolRoleKind
from alliance.permissions import kinds_to_give
from alliance.roles import Role, has_role
from common.access import access
from common.form_flow import FormRefused, act_once
from portal.actions.invite_leader import invite_leader
from portal.actions.invite_to_alliance import invite_to_alliance
from portal.actions.invite_to_school import invite_to_school
from portal.people_forms import InviteForm, InviteLeaderForm, InviteToAllianceForm, InviteToSchoolForm
from portal.permissions import is_staff_of_alliance
from portal.school_search import search_schools
from portal.views.people import BRINGS_PEOPLE_IN


@access(ALLIANCE_STAFF)
def invite(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/people/invite.html", {"may_fill_alliance_roles": has_role(person_of(request), Role.S2S_LEAD)})


@access(ALLIANCE_STAFF)
def choose_school(request: HttpRequest) -> HttpResponse:
    context = {**search_schools(request), "title": _("Which school is it?"), "target": "portal:invite_to_school"}
    return render(request, "portal/people/choose_school.html", context)


@access(ALLIANCE_STAFF)
def choose_supporting_school(request: HttpRequest) -> HttpResponse:
    context = {**search_schools(request), "title": _("Which school employs the leader?"), "target": "portal:invite_leader"}
    return render(request, "portal/people/choose_school.html", context)


@access(BRINGS_PEOPLE_IN)
def to_school(request: HttpRequest, urn: str) -> HttpResponse:
    """Staff give any role; whoever speaks for the school gives colleagues' roles there, and sees no other school."""
    school = get_object_or_404(School.objects.open(), urn=urn)
    staff = is_staff_of_alliance(person_of(request))
    kinds = (
        list(SchoolRoleKind.objects.order_by("order", "name"))
        if staff
        else kinds_to_give(person_of(request), school, on=timezone.localdate())
    )
    if not kinds:
        raise Http404
    form = InviteToSchoolForm(request.POST or None, kinds=kinds)

    def act(who: dict[str, Any]) -> None:
        invite_to_school(school=school, kind=form.cleaned_data["kind"], by=person_of(request), at=timezone.now(), **who)

    return _invite(
        request,
        form,
        act,
        title=_("Invite somebody to %(school)s") % {"school": school},
        then="portal:invitations" if staff else "portal:people",
    )


@access(ALLIANCE_STAFF)
def leader(request: HttpRequest, urn: str) -> HttpResponse:
    school = get_object_or_404(School.objects.open(), urn=urn)
    form = InviteLeaderForm(request.POST or None)

    def act(who: dict[str, Any]) -> None:
        designation = form.cleaned_data["designation"]
        invite_leader(
            supporting_school=school,
            designation=Designation(designation) if designation else None,
            by=person_of(request),
            at=timezone.now(),
            **who,
        )

    return _invite(request, form, act, title=_("Invite a system leader of %(school)s") % {"school": school}, then="portal:invitations")


@access(S2S_LEADS)
def to_alliance(request: HttpRequest) -> HttpResponse:
    form = InviteToAllianceForm(request.POST or None)

    def act(who: dict[str, Any]) -> None:
        invite_to_alliance(roles=[Role(role) for role in form.cleaned_data["roles"]], by=person_of(request), at=timezone.now(), **who)

    return _invite(request, form, act, title=_("Invite somebody to the alliance"), then="portal:invitations")


def _invite(request: HttpRequest, form: InviteForm, act: Callable[[dict[str, Any]], None], *, title: str, then: str) -> HttpResponse:
    if request.method == "POST":
        done = _("We have written to %(email)s.") % {"email": form.data.get("email", "")[:254]}
        try:
            act_once(
                request, form, lambda: act({name: form.cleaned_data[name] for name in ("email", "first_name", "last_name")}), done=done
            )
        except FormRefused:
            pass
        else:
            return redirect(then)
    return render(request, "portal/people/invite_form.html", {"form": form, "title": title})

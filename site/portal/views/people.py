"""People at a school, and inviting them: what heads and alliance staff do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alliance.access import ALLIANCE_STAFF, person_of
from alliance.actions.end_school_role import end_school_role
from alliance.models import SchoolRole, User
from alliance.permissions import check_user_can_end_role
from common.access import Access, access
from common.form_flow import FormRefused, act_once
from portal.actions.resend_invitation import resend_invitation
from portal.actions.withdraw_invitation import withdraw_invitation
from portal.invitation import invited_person, what_is_given
from portal.people import find_invited, invitations_open, people_at
from portal.people_forms import ConfirmForm, EndRoleForm, new_confirm_form
from portal.permissions import check_user_can_manage_invitation, is_staff_of_alliance, schools_spoken_for


def _brings_people_in(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and (is_staff_of_alliance(user) or bool(schools_spoken_for(user, on=timezone.localdate())))


BRINGS_PEOPLE_IN = Access("whoever speaks for a school, or alliance staff", _brings_people_in)


@access(BRINGS_PEOPLE_IN)
def people(request: HttpRequest) -> HttpResponse:
    """For a head, the people of each of their schools; for staff, where to bring people in."""
    today = timezone.localdate()
    user = person_of(request)
    schools = schools_spoken_for(user, on=today)
    context = {
        "schools": people_at(schools, of=user, on=today),
        "is_staff": is_staff_of_alliance(user),
        "open_invitations": len(invitations_open(user)),
        "open_claims": SchoolRole.objects.claimed().count(),
        "confirm_form": new_confirm_form,
    }
    return render(request, "portal/people/people.html", context)


@access(ALLIANCE_STAFF)
def invitations(request: HttpRequest) -> HttpResponse:
    """Everybody invited who has no account yet."""
    return render(
        request, "portal/people/invitations.html", {"invitations": invitations_open(person_of(request)), "confirm_form": new_confirm_form}
    )


@access(BRINGS_PEOPLE_IN)
@require_POST
def resend(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    subject = _invitation_of(request, kind, pk)
    done = _("We have sent the invitation to %(email)s again.") % {"email": invited_person(subject).email}
    with suppress(FormRefused):  # without its key the form was not ours: nothing is sent
        act_once(
            request,
            ConfirmForm(request.POST),
            lambda: resend_invitation(subject=subject, by=person_of(request), at=timezone.now()),
            done=done,
        )
    return _back(request)


@access(BRINGS_PEOPLE_IN)
def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask first: what was given is taken back."""
    subject = _invitation_of(request, kind, pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        try:
            act_once(
                request,
                form,
                lambda: withdraw_invitation(subject=subject, by=person_of(request), at=timezone.now()),
                done=_("The invitation was withdrawn."),
            )
        except FormRefused:
            pass
        else:
            return _back(request)
    context = {"form": form, "person": invited_person(subject), "given": what_is_given(subject), "back": _back(request).url}
    return render(request, "portal/people/withdraw.html", context)


@access(BRINGS_PEOPLE_IN)
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague's role. For one's own there is no such page: a school would be left without its head by a slip."""
    role = get_object_or_404(SchoolRole.objects.filter(verified_at__isnull=False).select_related("user", "school", "kind"), pk=pk)
    try:
        check_user_can_end_role(person_of(request), role, on=timezone.localdate())
    except PermissionDenied:
        raise Http404 from None
    if role.user == person_of(request):
        raise Http404
    form = EndRoleForm(request.POST or None, role=role)
    if request.method == "POST":
        done = _("%(person)s’s role has a last day now.") % {"person": role.user}

        def act() -> None:
            end_school_role(role=role, ends_on=form.cleaned_data["ends_on"], by=person_of(request), at=timezone.now())

        try:
            act_once(request, form, act, done=done)
        except FormRefused:
            pass
        else:
            return redirect("portal:people")
    return render(request, "portal/people/end_role.html", {"form": form, "role": role})


def _invitation_of(request: HttpRequest, kind: str, pk: int) -> Any:
    """What an open invitation gave, if this reader may manage it; 404 otherwise."""
    subject = find_invited(kind, pk)
    if subject is None:
        raise Http404
    try:
        check_user_can_manage_invitation(person_of(request), subject, on=timezone.localdate())
    except PermissionDenied:
        raise Http404 from None
    return subject


def _back(request: HttpRequest) -> Any:
    return redirect("portal:invitations" if is_staff_of_alliance(person_of(request)) else "portal:people")

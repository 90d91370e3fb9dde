"""The page an invitation leads to: an invited person opens an account, once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from alliance.models import User
from common.access import SIGNED_LINK, access
from common.form_flow import FormRefused, act_once
from common.links import LinkRefused, open_link
from portal.actions.accept_invitation import accept_invitation
from portal.invitation import INVITATION, invitation_stands, invited_person, link_holder, what_is_given
from portal.people_forms import AcceptInvitationForm
from portal.sign_in_addresses import has_account


@access(SIGNED_LINK)
@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """
    Show what is given and take a name and a password. Looking does not use the link up, and nothing signs anybody in
    who has an account: a mail scanner may open every link.
    """
    response = _page(request, token)
    # Not "no-referrer": browsers then send forms with "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    return response


def _page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subject: Any = open_link(purpose=INVITATION, token=token, at=timezone.now()).subject
    except LinkRefused as refusal:
        return _refused(request, str(refusal))
    person = invited_person(subject)
    if not invitation_stands(subject, on=timezone.localdate()):
        return _refused(request, _("This invitation was withdrawn."))
    if has_account(person):
        return render(request, "portal/account/invitation_has_account.html", {"given": what_is_given(subject)})
    if request.user.is_authenticated:
        return render(request, "portal/account/invitation_signed_in.html", {"person": person})
    if request.method == "POST":
        return _accept(request, token, subject, person)
    return _form(request, subject, AcceptInvitationForm(initial={"first_name": person.first_name, "last_name": person.last_name}))


def _accept(request: HttpRequest, token: str, subject: Any, person: User) -> HttpResponse:
    form = AcceptInvitationForm(request.POST)
    opened: list[User] = []

    def act() -> None:
        data = form.cleaned_data
        opened.append(
            accept_invitation(
                token=token,
                first_name=data["first_name"],
                last_name=data["last_name"],
                password=data["password"],
                by=link_holder(person),
                at=timezone.now(),
            )
        )

    try:
        act_once(request, form, act, done=_("Your account is open."))
    except FormRefused:
        return _form(request, subject, form)
    if not opened:
        return redirect("account_login")
    return perform_password_login(request, {"email": opened[0].email}, Login(user=opened[0], email=opened[0].email))


def _form(request: HttpRequest, subject: Any, form: AcceptInvitationForm) -> HttpResponse:
    context = {"form": form, "given": what_is_given(subject), "email": invited_person(subject).email}
    return render(request, "portal/account/invitation.html", context)


def _refused(request: HttpRequest, refusal: str) -> HttpResponse:
    return render(request, "portal/account/invitation_refused.html", {"refusal": refusal}, status=HTTPStatus.GONE)

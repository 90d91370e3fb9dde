"""One's own profile."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from portal.actions.change_profile import change_profile
from portal.people_forms import ProfileForm, profile_of
from portal.second_factor import has_second_factor, must_have_second_factor


@access(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    return redirect("portal_profile")


@access(SIGNED_IN)
def profile(request: HttpRequest) -> HttpResponse:
    """Name, telephone and language; and the ways to one's address, password, second step and messages."""
    user = person_of(request)
    form = ProfileForm(request.POST or None, initial=profile_of(user))
    if request.method == "POST":

        def act() -> None:
            data = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "telephone", "language")}
            change_profile(user=user, by=user, at=timezone.now(), **data)

        try:
            act_once(request, form, act, done=_("Your profile was saved."))
        except FormRefused:
            pass
        else:
            return redirect("portal_profile")
    context = {"form": form, "has_second_factor": has_second_factor(user), "must_have_second_factor": must_have_second_factor(user)}
    return render(request, "portal/account/profile.html", context)

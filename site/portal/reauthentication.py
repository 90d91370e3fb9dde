"""Signing in again before something that binds a school (W8)."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from alliance.access import person_of


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponseBase | None:
    """
    None for somebody who proved a moment ago who they are; else the way to prove it, which leads back here.

    Somebody without a password or second factor signs in anew by code: allauth has no other way to ask them again.
    """
    records = get_authentication_records(request, request.user)
    if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return None
    user = person_of(request)
    if not user.has_usable_password() and not Authenticator.objects.filter(user=user).exists():
        path = request.get_full_path()
        logout(request)
        return redirect_to_login(path)
    return reauthentication_required(_go_on)(request)  # raises what allauth's middleware turns into the way to its page


def _go_on(request: HttpRequest) -> HttpResponse | None:
    return None

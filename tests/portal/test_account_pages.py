"""Every page of accounts stands in the house's frame, with nothing the content security policy forbids."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver

from alliance.roles import Role
from common.access import routes
from tests.factories.people import PASSWORD, make_user
from tests.factories.portal import add_app, app_code, code_in, sign_in

pytestmark = pytest.mark.django_db

EXECUTED_INLINE = re.compile(r'<script(?![^>]*\bsrc=)(?![^>]*type="application/json")[^>]*>', re.IGNORECASE)
FORBIDDEN = re.compile(r'\sstyle=|\son[a-z]+="|<style|href="javascript:', re.IGNORECASE)

SIGNED_OUT = {
    "/account/login/": "Sign in",
    "/account/signup/": "Register",
    "/account/login/code/": "Sign in with a code",
    "/account/password/reset/": "Choose a new password",
    "/account/password/reset/done/": "Your password was changed",
    "/account/inactive/": "This account is closed",
}
SIGNED_IN = {
    "/account/logout/": "Sign out",
    "/account/email/": "Change your e-mail address",
    "/account/password/change/": "Change your password",
    "/account/reauthenticate/": "Show that it is you",
    "/account/2fa/": "Second step at sign-in",
    "/account/2fa/totp/activate/": "Set up an app",
    "/account/2fa/webauthn/": "Your passkeys",
    "/account/2fa/webauthn/add/": "Add a passkey",
    "/account/profile/": "Your account",
    "/account/messages/": "Your account",
    "/account/roles/": "Your account",
    "/account/roles/claim/": "Which school is yours?",
}
WITH_SECOND_STEP = {
    "/account/2fa/totp/deactivate/": "Remove the app",
    "/account/2fa/recovery-codes/": "Recovery codes",
    "/account/2fa/recovery-codes/generate/": "Make new recovery codes",
    "/account/2fa/reauthenticate/": "Show that it is you",
}


def check_page(response: HttpResponse, heading: str) -> None:
    content = response.content.decode()
    assert response.status_code == 200
    assert (EXECUTED_INLINE.findall(content), FORBIDDEN.findall(content)) == ([], [])
    assert f"<h1>{heading}</h1>" in content
    assert 'class="masthead"' in content
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("address", "heading"), SIGNED_OUT.items())
def test_page_before_the_sign_in(client: Client, address: str, heading: str) -> None:
    check_page(client.get(address), heading)


@pytest.mark.parametrize(("address", "heading"), SIGNED_IN.items())
def test_page_of_ones_own_account(client: Client, address: str, heading: str) -> None:
    sign_in(client, make_user())

    check_page(client.get(address), heading)


@pytest.mark.parametrize(("address", "heading"), WITH_SECOND_STEP.items())
def test_page_of_somebody_with_a_second_step(client: Client, address: str, heading: str) -> None:
    user = make_user()
    secret = add_app(user)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})

    check_page(client.get(address), heading)


def test_page_that_asks_for_the_second_step(client: Client) -> None:
    user = make_user()
    add_app(user)

    check_page(sign_in_and_follow(client, user), "Second step")


def test_page_that_chooses_the_first_password(client: Client) -> None:
    user = make_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    check_page(client.get("/account/password/change/", follow=True), "Choose a password")


@pytest.mark.parametrize("start", ["/account/login/code/", "/account/password/reset/"])
def test_page_that_takes_a_code(client: Client, start: str) -> None:
    user = make_user()

    check_page(client.post(start, {"email": user.email}, follow=True), "Enter the code")


def test_page_that_takes_a_new_password(client: Client) -> None:
    client.post("/account/password/reset/", {"email": make_user().email})

    check_page(client.post("/account/password/reset/confirm/", {"code": code_in(mail.outbox[0])}, follow=True), "Choose a new password")


def sign_in_and_follow(client: Client, user: Any) -> HttpResponse:
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD}, follow=True)


def test_no_page_of_accounts_wears_allauths_own_look() -> None:
    """Each template that allauth's views may render is one of ours."""
    names = {getattr(route.view_class, "template_name", None) for route in routes(get_resolver("allauth.urls"))} - {None}

    foreign = [name for name in names if name.endswith(".html") and "portal/templates" not in str(get_template(name).origin.name)]

    assert (len(names) > 20, foreign) == (True, [])


def test_the_front_page_of_accounts_leads_to_the_profile(client: Client) -> None:
    sign_in(client, make_user(Role.FINANCE))

    assert client.get("/account/").url == "/account/profile/"

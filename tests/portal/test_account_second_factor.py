"""The second step: who must have one, what stays open until then, and signing in with one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from alliance.roles import Role
from portal.second_factor import SecondFactorAdapter, SecondFactorMiddleware, must_have_second_factor
from tests.factories.people import make_head, make_school, make_user
from tests.factories.portal import add_app, app_code, code_in, sign_in, signed_in_as

pytestmark = pytest.mark.django_db

SET_UP = "/account/2fa/"


@pytest.fixture
def _required(settings: Any) -> None:
    settings.MFA_REQUIRED = True


@pytest.fixture
def _not_required(settings: Any) -> None:
    settings.MFA_REQUIRED = False


CLOSED = [
    "/portal/",
    "/portal/cases/",
    "/portal/people/",
    "/admin/",
    "/admin/pages/",
    "/account/profile/",
    "/account/roles/",
    "/documents/1/a.pdf",
]
OPEN = [
    "/",
    "/search/",
    SET_UP,
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
    "/account/logout/",
    "/account/email/",
    "/account/password/change/",
    "/account/invitation/unknown/",
]


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("address", CLOSED)
def test_somebody_who_must_have_a_second_step_is_led_to_set_it_up(client: Client, address: str) -> None:
    client.force_login(make_user(Role.S2S_LEAD))

    response = client.get(address)

    assert (response.status_code, response.url) == (302, SET_UP)


@pytest.mark.usefixtures("_required")
def test_somebody_who_must_have_a_second_step_changes_nothing_by_post(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    client.force_login(user)

    response = client.post("/account/profile/", {"first_name": "Changed", "last_name": "Name", "language": "en-gb"})

    user.refresh_from_db()
    assert (response.url, user.first_name) == (SET_UP, "Pat")


@pytest.mark.usefixtures("_required")
def test_the_page_that_sets_it_up_says_why(client: Client) -> None:
    client.force_login(make_user(Role.BROKER))

    content = client.get("/portal/", follow=True).content.decode()

    assert "so it needs a second step at sign-in" in content


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("address", OPEN)
def test_what_anybody_may_open_stays_open(client: Client, address: str) -> None:
    client.force_login(make_user(Role.S2S_LEAD))

    response = client.get(address)

    assert getattr(response, "url", "") != SET_UP or address == SET_UP


@pytest.mark.usefixtures("_required")
def test_the_health_page_stays_open(rf: RequestFactory) -> None:
    """Asked of the middleware alone: the page itself opens a connection in a thread of its own."""
    request = rf.get("/health/")
    request.user = make_user(Role.S2S_LEAD)

    answer = SecondFactorMiddleware(lambda request: HttpResponse()).process_view(request, resolve("/health/").func, (), {})

    assert answer is None


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_the_alliance_must_have_a_second_step(role: Role) -> None:
    assert must_have_second_factor(make_user(role))


@pytest.mark.usefixtures("_required")
def test_heads_and_commenters_need_no_second_step(client: Client) -> None:
    for user in (make_head(make_school()), make_user()):
        client.force_login(user)

        assert client.get("/account/profile/").status_code == 200


@pytest.mark.usefixtures("_not_required")
def test_nobody_needs_a_second_step_where_the_setting_is_off(client: Client) -> None:
    client.force_login(make_user(Role.S2S_LEAD))

    assert [client.get(address).status_code for address in ("/portal/", "/admin/")] == [200, 200]


@pytest.mark.usefixtures("_required")
def test_an_app_opens_the_way(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    add_app(user)
    client.force_login(user)

    assert client.get("/portal/").status_code == 200


@pytest.mark.usefixtures("_required")
def test_recovery_codes_alone_do_not_open_the_way(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    RecoveryCodes.activate(user)
    client.force_login(user)

    assert client.get("/portal/").url == SET_UP


@pytest.mark.usefixtures("_required")
def test_a_role_given_while_signed_in_asks_at_the_next_request(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    before = client.get("/account/profile/").status_code
    user.groups.set(make_user(Role.FINANCE).groups.all())

    after = client.get("/account/profile/")

    assert (before, after.url) == (200, SET_UP)


# --- Signing in -----------------------------------------------------------------------------------


def test_a_password_alone_does_not_sign_in_somebody_with_an_app(client: Client) -> None:
    user = make_user()
    secret = add_app(user)

    first = sign_in(client, user)
    before = signed_in_as(client)
    client.post(first.url, {"code": app_code(secret)})

    assert (first.url, before, signed_in_as(client)) == ("/account/2fa/authenticate/", None, user.pk)


def test_a_code_by_mail_alone_does_not_sign_in_somebody_with_an_app(client: Client) -> None:
    user = make_user()
    add_app(user)

    client.post("/account/login/code/", {"email": user.email})
    response = client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})

    assert (response.url, signed_in_as(client)) == ("/account/2fa/authenticate/", None)


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    user = make_user()
    add_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": code})
    again = Client()
    sign_in(again, user)
    again.post("/account/2fa/authenticate/", {"code": code})

    assert (signed_in_as(client), signed_in_as(again)) == (user.pk, None)


def test_wrong_codes_of_the_app_are_counted(client: Client) -> None:
    user = make_user()
    secret = add_app(user)
    sign_in(client, user)
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    response = client.post("/account/2fa/authenticate/", {"code": app_code(secret)})

    assert (b"tried too often" in response.content, signed_in_as(client)) == (True, None)


def test_an_account_closed_before_the_second_step_does_not_open(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    secret = add_app(user)
    sign_in(client, user)
    user.is_active = False
    user.save()

    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})

    assert client.get("/portal/").status_code == 302


# --- Setting it up and removing it ----------------------------------------------------------------


def test_setting_up_an_app_asks_for_no_password_right_after_the_sign_in(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    sign_in(client, user)

    shown = client.get("/account/2fa/totp/activate/")
    done = client.post("/account/2fa/totp/activate/", {"code": app_code(shown.context["form"].secret)})

    assert (shown.status_code, done.url) == (200, "/account/2fa/recovery-codes/")
    assert set(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_setting_up_an_app_asks_for_the_password_later(client: Client, settings: Any) -> None:
    sign_in(client, make_user())
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    response = client.get("/account/2fa/totp/activate/")

    assert response.url == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"


def test_the_app_shows_the_alliances_name(client: Client) -> None:
    sign_in(client, make_user())

    url = client.get("/account/2fa/totp/activate/").context["totp_url"]

    assert "issuer=School%20to%20school%20support" in url


@pytest.mark.usefixtures("_required")
def test_the_last_second_step_of_somebody_who_needs_one_stays(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    secret = add_app(user)
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})

    response = client.post("/account/2fa/totp/deactivate/")

    assert (response.status_code, Authenticator.objects.filter(user=user, type="totp").count()) == (200, 1)


@pytest.mark.usefixtures("_not_required")
def test_a_second_step_that_nobody_asks_for_may_go(client: Client) -> None:
    user = make_user()
    secret = add_app(user)
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": app_code(secret)})

    client.post("/account/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user).exists()


def test_passkeys_are_named_in_turn() -> None:
    user = make_user()
    adapter = SecondFactorAdapter()
    first = adapter.generate_authenticator_name(user, Authenticator.Type.WEBAUTHN)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})

    assert (first, adapter.generate_authenticator_name(user, Authenticator.Type.WEBAUTHN)) == ("Passkey", "Passkey 2")

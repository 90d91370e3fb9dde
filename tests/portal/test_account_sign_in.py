"""Signing in: by password, by code, case of letters, unknown and closed accounts, limits, and where people land."""

from __future__ import annotations

import re
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliance.models import User
from alliance.roles import Role
from tests.factories.people import PASSWORD, make_head, make_school, make_user
from tests.factories.portal import code_in, make_unproven_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"
CODE = "/account/login/code/"
CONFIRM = "/account/login/code/confirm/"


def request_code(client: Client, email: str, **data: str) -> Any:
    return client.post(CODE, {"email": email, **data})


def refuse(*args: Any, **kwargs: Any) -> int:
    """A mail server that is down."""
    raise smtplib.SMTPServerDisconnected


def without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def test_sign_in_takes_an_address_and_a_password(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)

    response = sign_in(client, user)

    assert (response.status_code, response.url, signed_in_as(client)) == (302, "/portal/", user.pk)


def test_sign_in_does_not_mind_capitals_in_the_address(client: Client) -> None:
    user = make_user()

    client.post(LOGIN, {"login": user.email.upper(), "password": PASSWORD})

    assert signed_in_as(client) == user.pk


def test_sign_in_by_code_takes_the_code_whatever_its_case(client: Client) -> None:
    user = make_user()

    asked = request_code(client, user.email.upper())
    response = client.post(asked.url, {"code": code_in(mail.outbox[0]).lower().replace("-", " ")})

    assert (mail.outbox[0].to, response.status_code, signed_in_as(client)) == ([user.email], 302, user.pk)


def test_sign_in_by_code_is_refused_after_three_wrong_codes(client: Client) -> None:
    user = make_user()
    request_code(client, user.email)
    code = code_in(mail.outbox[0])

    answers = [client.post(CONFIRM, {"code": "WRONG-ONE"}).status_code for _ in range(3)]
    client.post(CONFIRM, {"code": code})

    assert (answers, signed_in_as(client)) == ([200, 200, 302], None)


def test_sign_in_by_code_works_for_somebody_without_a_password(client: Client) -> None:
    user = make_user()
    user.set_unusable_password()
    user.save()

    request_code(client, user.email)
    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})

    assert signed_in_as(client) == user.pk


@pytest.mark.parametrize("wrong", ["", "another-password"])
def test_sign_in_refuses_a_wrong_password(client: Client, wrong: str) -> None:
    user = make_user()

    response = client.post(LOGIN, {"login": user.email, "password": wrong})

    assert (response.status_code, signed_in_as(client)) == (200, None)


# --- Nobody learns whether there is an account ----------------------------------------------------


def test_sign_in_gives_the_same_answer_for_unknown_accounts(client: Client) -> None:
    user = make_user()

    known = client.post(LOGIN, {"login": user.email, "password": "another-password"})
    unknown = client.post(LOGIN, {"login": "nobody@example.org", "password": "another-password"})

    as_if_known = unknown.content.replace(b"nobody@example.org", user.email.encode())
    assert (unknown.status_code, without_token(as_if_known)) == (known.status_code, without_token(known.content))


@pytest.mark.parametrize("start", [CODE, "/account/password/reset/"])
def test_codes_give_the_same_answer_for_unknown_accounts(start: str) -> None:
    answers = []
    for email in (make_user().email, "nobody@example.org"):
        client = Client()
        sent = client.post(start, {"email": email})
        page = client.get(sent.url)
        wrong = [client.post(sent.url, {"code": "WRONG-ONE"}) for _ in range(3)]
        pages = [without_token(page.content).replace(email.encode(), b"E-MAIL") for page in (page, wrong[0])]
        answers.append(
            (
                sent.status_code,
                sent.url,
                page.status_code,
                *pages,
                [(answer.status_code, answer.headers.get("Location")) for answer in wrong],
            )
        )

    assert answers[0] == answers[1]


def test_registration_gives_the_same_answer_for_an_address_in_use(client: Client) -> None:
    user = make_user()
    form = {"first_name": "Nia", "last_name": "New", "password1": "correct horse battery"}

    answers = []
    for email in ("new@example.org", user.email):
        client = Client()
        sent = client.post("/account/signup/", {**form, "email": email})
        page = client.get(sent.url)
        answers.append((sent.status_code, sent.url, page.status_code, without_token(page.content).replace(email.encode(), b"E-MAIL")))

    assert answers[0] == answers[1]
    assert (mail.outbox[1].to, "account already" in mail.outbox[1].subject, User.objects.filter(last_name="New").count()) == (
        [user.email],
        True,
        1,
    )


def test_an_unknown_address_is_told_by_mail_that_it_has_no_account(client: Client) -> None:
    request_code(client, "nobody@example.org")

    assert ([m.to for m in mail.outbox], "no account" in mail.outbox[0].subject) == ([["nobody@example.org"]], True)


# --- Closed accounts ------------------------------------------------------------------------------


def closed_account() -> User:
    user = make_user(Role.S2S_LEAD)
    user.is_active = False
    user.save()
    return user


def test_a_closed_account_does_not_open_by_password(client: Client) -> None:
    response = sign_in(client, closed_account())

    assert (response.url, signed_in_as(client)) == (reverse("account_inactive"), None)


def test_a_closed_account_gets_no_code(client: Client) -> None:
    request_code(client, closed_account().email)

    assert ["no account" in m.subject for m in mail.outbox] == [True]


def test_a_closed_account_gets_no_new_password(client: Client) -> None:
    client.post("/account/password/reset/", {"email": closed_account().email})

    assert ["no account" in m.subject for m in mail.outbox] == [True]


def test_an_account_closed_while_signed_in_is_out_at_the_next_request(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)
    sign_in(client, user)
    before = client.get("/portal/").status_code
    user.is_active = False
    user.save()

    after = client.get("/portal/")

    assert (before, after.status_code, after.url) == (200, 302, "/account/login/?next=/portal/")


def test_an_account_closed_between_code_and_entry_does_not_open(client: Client) -> None:
    user = make_user()
    request_code(client, user.email)
    user.is_active = False
    user.save()

    client.post(CONFIRM, {"code": code_in(mail.outbox[0])})

    assert signed_in_as(client) is None


# --- Limits ---------------------------------------------------------------------------------------


def test_sign_in_stops_after_five_wrong_passwords(client: Client) -> None:
    user = make_user()
    for _ in range(5):
        client.post(LOGIN, {"login": user.email, "password": "another-password"})

    response = sign_in(client, user)

    assert (b"tried too often" in response.content, signed_in_as(client)) == (True, None)


def test_sign_in_codes_stop_after_three_a_minute_for_an_address() -> None:
    user = make_user()
    for _ in range(4):
        response = request_code(Client(), user.email)

    assert (len(mail.outbox), b"tried too often" in response.content) == (3, True)


def test_new_passwords_stop_after_five_a_minute_for_an_address() -> None:
    user = make_user()
    for _ in range(6):
        response = Client().post("/account/password/reset/", {"email": user.email})

    assert (len(mail.outbox), response.status_code, b"That was too often" in response.content) == (5, 429, True)


# --- Where people land ----------------------------------------------------------------------------


def test_sign_in_leads_a_commenter_to_the_front_page(client: Client) -> None:
    assert sign_in(client, make_user()).url == "/"


def test_sign_in_leads_a_head_to_the_portal(client: Client) -> None:
    assert sign_in(client, make_head(make_school())).url == "/portal/"


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/portal/cases/", "/portal/cases/"),
        ("https://evil.example/", "/portal/"),
        ("//evil.example/", "/portal/"),
        ("javascript:alert(1)", "/portal/"),
        ("http:///evil.example/", "/portal/"),
    ],
)
def test_sign_in_follows_next_only_within_the_site(client: Client, wanted: str, lands: str) -> None:
    user = make_user(Role.S2S_LEAD)

    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": wanted})

    assert response.url == lands


def test_sign_in_by_code_follows_next(client: Client) -> None:
    user = make_user(Role.S2S_LEAD)

    asked = request_code(client, user.email, next="/portal/cases/")
    response = client.post(asked.url, {"code": code_in(mail.outbox[0]), "next": "/portal/cases/"})

    assert response.url == "/portal/cases/"


# --- Wagtail's own ways in ------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_sign_in_leads_to_the_one_sign_in(client: Client, address: str) -> None:
    user = make_user(Role.S2S_LEAD)

    shown = client.get(address)
    tried = client.post(address, {"username": user.email, "password": PASSWORD})

    assert (shown.status_code, shown.url, tried.status_code, signed_in_as(client)) == (302, "/account/login/?next=/admin/", 302, None)


def test_wagtails_sign_in_drops_a_next_of_another_site(client: Client) -> None:
    assert client.get("/admin/login/?next=https://evil.example/").url == "/account/login/?next=/admin/"


@pytest.mark.parametrize("address", ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-def/", "/admin/password_reset/done/"])
def test_wagtails_password_pages_are_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_admin_offers_no_change_of_password_or_address(client: Client) -> None:
    client.force_login(make_user(Role.S2S_LEAD))

    content = client.get("/admin/account/").content.decode()

    assert (
        'name="password-new_password1"' in content,
        'name="name_email-email"' in content,
        'name="name_email-first_name"' in content,
    ) == (False, False, True)


def test_the_admins_sign_out_signs_out_everywhere(client: Client) -> None:
    sign_in(client, make_user(Role.S2S_LEAD))

    client.post("/admin/logout/")

    assert client.get("/portal/").status_code == 302


def test_somebody_without_the_admin_is_led_to_the_portal(client: Client) -> None:
    client.force_login(make_user(Role.WORKING_GROUP))

    assert client.get("/admin/login/?next=/admin/").url == "/portal/"


# --- The mails ------------------------------------------------------------------------------------


def test_a_sign_in_mail_is_plain_text_with_the_alliances_name_and_the_sites_address(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://alliance.example.org"
    settings.ALLOWED_HOSTS = ["other.example.org"]
    client.post(CODE, {"email": "nobody@example.org"}, headers={"host": "other.example.org"})

    sent = mail.outbox[0]

    assert (
        sent.subject.startswith("School to school support: "),
        getattr(sent, "alternatives", []),
        "https://alliance.example.org/account/signup/" in sent.body,
    ) == (True, [], True)
    assert "other.example.org" not in sent.body


def test_a_sign_in_mail_speaks_its_readers_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(language="cy")
    monkeypatch.setattr("portal.account_adapter.alliance_name", lambda: f"Alliance in {translation.get_language()}")

    request_code(client, user.email)

    assert mail.outbox[0].subject.startswith("Alliance in cy: ")


def test_a_mail_server_that_is_down_is_told_plainly(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    answers = [request_code(Client(), email) for email in (make_user().email, "nobody@example.org")]

    assert [(answer.status_code, b"cannot send e-mails" in answer.content) for answer in answers] == [(503, True), (503, True)]


def test_a_change_of_password_stands_when_its_mail_does_not_leave(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    sign_in(client, user)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "correct horse battery", "password2": "correct horse battery"}
    )

    user.refresh_from_db()
    assert user.check_password("correct horse battery")


def test_a_new_password_is_chosen_with_a_code(client: Client) -> None:
    user = make_user()

    client.post("/account/password/reset/", {"email": user.email})
    client.post("/account/password/reset/confirm/", {"code": code_in(mail.outbox[0])})
    client.post("/account/password/reset/complete/", {"password1": "correct horse battery", "password2": "correct horse battery"})

    user.refresh_from_db()
    assert (user.check_password("correct horse battery"), signed_in_as(client), "password was changed" in mail.outbox[1].subject) == (
        True,
        None,
        True,
    )


def test_nobody_signs_in_before_the_address_is_proven(client: Client) -> None:
    response = sign_in(client, make_unproven_user())

    assert (response.url, signed_in_as(client)) == ("/account/confirm-email/", None)

"""Accounts that can be used, and what e-mails say."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.mail import EmailMessage
from django.test import Client

from alliance.models import User
from alliance.roles import Role
from tests.factories.people import PASSWORD, make_user


def make_unproven_user(*roles: Role, **values: Any) -> User:
    """Somebody who never showed that the address is theirs: invited, or registered by somebody else."""
    user = make_user(*roles, **values)
    EmailAddress.objects.filter(user=user).delete()
    return user


def add_app(user: User) -> str:
    """Give somebody an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def app_code(secret: str) -> str:
    """The code an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def code_in(mail: EmailMessage) -> str:
    """The code of a sign-in mail."""
    found = re.search(r"^    (\S+)$", str(mail.body), re.MULTILINE)
    assert found, mail.body
    return found[1]


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": user.email, "password": password})


def signed_in_as(client: Client) -> int | None:
    """The key of whoever the browser is signed in as."""
    key = client.session.get("_auth_user_id")
    return int(key) if key else None

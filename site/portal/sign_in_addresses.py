"""Whose e-mail address is proven. Allauth keeps that in rows of its own; here they stay in step with the person's."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from alliance.models import User

SIGNED_UP_HERE = "signed_up_here"


def confirm_address(user: User) -> None:
    """Record that the person's address is theirs: they came by a link mailed to it, or staff vouch for it."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email.lower()).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults={"verified": True, "primary": True})


def has_account(user: User) -> bool:
    """Whether the person has shown the address to be theirs. Until then nobody is signed in under it."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def without_account(people: QuerySet[User]) -> QuerySet[User]:
    """Those invited or half registered, who have never shown that the address is theirs."""
    return people.filter(~Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))


def drop_old_addresses(*, instance: User, created: bool, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """
    Receive `post_save` of a person: an address that was changed in the admin no longer signs anybody in.

    The new one counts as unproven until a code sent to it comes back.
    """
    if not created and (update_fields is None or "email" in update_fields):
        EmailAddress.objects.filter(user=instance).exclude(email=instance.email.lower()).delete()


def remember_sign_up(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receive `user_signed_up`: this browser chose the password."""
    request.session[SIGNED_UP_HERE] = user.pk


def forget_unproven_password(*, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """
    Receive `email_confirmed`: a password chosen by somebody else for this address stops working.

    Anyone may register with an address that is not theirs and wait. When its owner proves it later, by a code from
    another browser, the password of whoever registered must not open the account.
    """
    user = User.objects.get(pk=email_address.user_id)
    if user.last_login or not user.has_usable_password():
        return
    knows_password = any(record["method"] == "password" for record in get_authentication_records(request, user))
    if not knows_password and request.session.get(SIGNED_UP_HERE) != user.pk:
        user.set_unusable_password()
        user.save(update_fields=["password"])

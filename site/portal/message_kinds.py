"""The messages about accounts and roles. A link to open an account is made when the e-mail is worded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from common.links import make_link, revoke_links
from outbox.kinds import MessageKind
from outbox.models import OutboxMessage
from portal.alliance_name import alliance_name
from portal.invitation import INVITATION, LASTS, invitation_stands, what_is_given
from portal.permissions import is_staff_of_alliance
from portal.sign_in_addresses import has_account


def address_of(message: OutboxMessage, name: str) -> str:
    """The address of a page in the reader's language, from the site's own address."""
    with translation.override(message.language or settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse(name)


def invitation_context(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """
    A link that opens an account, valid once and for 14 days; earlier ones of this invitation stop working.

    Somebody who has an account gets the address of the sign-in instead: no link signs them in.
    """
    subject: Any = message.about
    inviter = User.objects.filter(pk=message.details.get("inviter")).first()
    context = {"alliance_name": alliance_name(), "given": what_is_given(subject), "inviter": inviter}
    if message.recipient and has_account(message.recipient):
        return {**context, "has_account": True, "link": address_of(message, "account_login")}
    revoke_links(purpose=INVITATION, subject=subject, at=at)
    token = make_link(purpose=INVITATION, subject=subject, at=at, expires_at=at + LASTS, max_uses=1)
    link = settings.SITE_URL + reverse("account_invitation", args=[token])
    return {**context, "has_account": False, "link": link, "last_day": timezone.localdate(at + LASTS)}


def invitation_is_wanted(message: OutboxMessage) -> bool:
    return invitation_stands(message.about, on=timezone.localdate())


def claim_context(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    return {"alliance_name": alliance_name(), "claim": message.about, "link": address_of(message, "portal:claims")}


def own_roles_context(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    return {"alliance_name": alliance_name(), "claim": message.about, "link": address_of(message, "portal_roles")}


KINDS = [
    MessageKind(
        key="invitation",
        label=_("Invitations"),
        template="portal/mail/invitation.txt",
        context=invitation_context,
        can_be_muted=False,
        still_wanted=invitation_is_wanted,
    ),
    MessageKind(
        key="role_claimed",
        label=_("Somebody says they have a role at a school"),
        template="portal/mail/role_claimed.txt",
        context=claim_context,
        relevant_to=is_staff_of_alliance,
    ),
    MessageKind(
        key="claim_verified",
        label=_("My role was checked"),
        template="portal/mail/claim_verified.txt",
        context=own_roles_context,
        can_be_muted=False,
    ),
    MessageKind(
        key="claim_declined",
        label=_("My role was declined"),
        template="portal/mail/claim_declined.txt",
        context=own_roles_context,
        can_be_muted=False,
    ),
]

"""Links that stand in for an account: follow a request, resume a draft, accept an invitation, read a feed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.actions import Refusal
from common.models import SignedLink

TOKEN_BYTES = 24
_made: ContextVar[list[SignedLink] | None] = ContextVar("made", default=None)


class LinkRefused(Refusal):
    """The link is unknown, expired, used up or revoked; the message is for its holder."""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, purpose: str, subject: models.Model, at: datetime, expires_at: datetime | None = None, max_uses: int | None = None) -> str:
    """
    Store a new link and return its token: the only moment it exists in clear.

    E-mails make their links when they are sent, so that no stored message holds a credential.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = SignedLink.objects.create(
        purpose=purpose, subject=subject, token_hash=token_hash(token), created_at=at, expires_at=expires_at, max_uses=max_uses
    )
    made = _made.get()
    if made is not None:
        made.append(link)
    return token


@contextmanager
def links_made() -> Iterator[list[SignedLink]]:
    """Gather the links made inside the block, for whoever may have to take them back with `unmake_links`."""
    made: list[SignedLink] = []
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


def unmake_links(links: list[SignedLink]) -> None:
    """Delete links that nobody has got; each would be one more that opens what it was made for."""
    SignedLink.objects.filter(pk__in=[link.pk for link in links]).delete()


def open_link(*, purpose: str, token: str, at: datetime) -> SignedLink:
    """Find the link for a token without using it up. Raises `LinkRefused`."""
    link = SignedLink.objects.filter(purpose=purpose, token_hash=token_hash(token[:200])).first()
    if link is None or link.subject is None:
        raise LinkRefused(_("We do not know this link. Check that you copied all of it from the e-mail."))
    if link.revoked_at:
        raise LinkRefused(_("This link was withdrawn."))
    if link.expires_at and link.expires_at <= at:
        raise LinkRefused(_("This link has expired."))
    if link.max_uses is not None and link.uses >= link.max_uses:
        raise LinkRefused(_("This link has been used already."))
    return link


def use_link(*, link: SignedLink) -> None:
    """Count one use; of two people using the last one at once, one is refused by the database."""
    counted = SignedLink.objects.filter(Q(max_uses=None) | Q(uses__lt=F("max_uses")), pk=link.pk, revoked_at=None).update(
        uses=F("uses") + 1
    )
    if not counted:
        raise LinkRefused(_("This link has been used already."))


def delete_links(*, purpose: str, subject: models.Model) -> None:
    """Delete every link of one purpose for a subject that is about to be deleted itself."""
    kind = ContentType.objects.get_for_model(subject)
    SignedLink.objects.filter(purpose=purpose, subject_type=kind, subject_id=str(subject.pk)).delete()


def revoke_links(*, purpose: str, subject: models.Model, at: datetime) -> int:
    """Withdraw every live link of one purpose for a subject; returns how many."""
    kind = ContentType.objects.get_for_model(subject)
    return SignedLink.objects.filter(purpose=purpose, subject_type=kind, subject_id=str(subject.pk), revoked_at=None).update(revoked_at=at)

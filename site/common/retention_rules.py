"""How long the common rows are kept, and why no shorter."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet

from common.models import FormUse, SignedLink
from common.retention import RetentionRule

FORM_KEYS_KEPT = timedelta(days=90)
"""A browser tab left open sends its form again; the key of one older than this would be acted on once more."""
OVER_LINKS_KEPT = timedelta(days=90)
"""So long the holder of a link reads that it has expired or was withdrawn; then it is one that we do not know."""


def links_over_before(moment: datetime) -> QuerySet[SignedLink]:
    """Links that nobody could open any more: expired, revoked, or used up (which has no date: that of their making counts)."""
    used_up = Q(max_uses__isnull=False, uses__gte=F("max_uses"), created_at__lt=moment)
    return SignedLink.objects.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment) | used_up)


RULES = [
    RetentionRule(FormUse, FORM_KEYS_KEPT, lambda moment: FormUse.objects.filter(used_at__lt=moment)),
    RetentionRule(SignedLink, OVER_LINKS_KEPT, links_over_before),
    RetentionRule(Session, timedelta(0), lambda moment: Session.objects.filter(expire_date__lt=moment)),
]

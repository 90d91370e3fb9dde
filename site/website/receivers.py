"""What changes the public pages though it is no page: people and schools that the directory of leaders names."""

from __future__ import annotations

from typing import Any

from alliance.models import School, SystemLeader, User
from website.freshness import content_changed

NOT_SHOWN = {"last_login", "password", "language", "telephone"}


def person_saved(instance: User, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    """Also when an account goes off or on."""
    if update_fields and set(update_fields) <= NOT_SHOWN:
        return
    if SystemLeader.objects.filter(user=instance, consents_to_listing_at__isnull=False).exists():
        content_changed()


def school_saved(instance: School, **_kwargs: Any) -> None:
    """An import of the register saves in bulk, which nothing hears of: what it changes shows within ten minutes."""
    if SystemLeader.objects.filter(supporting_school=instance, consents_to_listing_at__isnull=False).exists():
        content_changed()

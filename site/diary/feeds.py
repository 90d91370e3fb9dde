"""
Calendar feeds: secret addresses, of a person and of a school, that can be renewed and revoked. Scoped when read.

A school's feed hangs on the role of whoever made it: it shows nothing once that role, or the account, is no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from alliance.enums import Power
from alliance.models import School, SchoolRole, User
from alliance.queries import schools_of
from common.models import SignedLink
from diary.calendars import CalendarEntry
from diary.signals import calendar_entries_wanted

PURPOSE = "calendar"
LOOKS_BACK = timedelta(days=90)
"""So long what is over, or was cancelled, stays in a feed."""


def entries_for(subject: User | SchoolRole, *, on: date) -> list[CalendarEntry]:
    """What a feed holds now: a person's own, or what the school of a role has. Nothing for an account or a role that is no more."""
    user = subject if isinstance(subject, User) else subject.user
    if not user.is_active:
        return []
    if isinstance(subject, User):
        return list(_asked(subject, on - LOOKS_BACK))
    return list(_asked(subject.school, on - LOOKS_BACK)) if subject.school in schools_of(user, on, Power.BOOK) else []


def _asked(subject: User | School, first: date) -> Iterator[CalendarEntry]:
    user, school = (subject, None) if isinstance(subject, User) else (None, subject)
    answers: list[tuple[Any, Any]] = calendar_entries_wanted.send(sender=None, user=user, school=school, first=first)
    for _receiver, entries in answers:
        yield from entries or ()


def feed_of(subject: User | SchoolRole) -> SignedLink | None:
    """The live feed of a person, or of a role for its school. Its address is not kept: it was shown once, when it was made."""
    kind = ContentType.objects.get_for_model(subject)
    return (
        SignedLink.objects.filter(purpose=PURPOSE, subject_type=kind, subject_id=str(subject.pk), revoked_at=None).order_by("-pk").first()
    )

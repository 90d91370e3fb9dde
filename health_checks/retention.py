"""How long bookings that were never sent are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from common.actions import Actor
from common.retention import RetentionRule
from health_checks.actions.discard_booking import discard_booking
from health_checks.models import BookingDraft

DRAFT_LASTS = timedelta(days=90)


def _discard(draft: BookingDraft, at: datetime) -> None:
    discard_booking(draft=draft, by=Actor.job("retention"), at=at)


RULES = [RetentionRule(BookingDraft, DRAFT_LASTS, lambda moment: BookingDraft.objects.filter(changed_at__lt=moment, case=None), _discard)]

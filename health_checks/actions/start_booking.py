from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alliance.models import School, User
from common.actions import By, action
from health_checks.actions.request_series import may_ask
from health_checks.models import BookingDraft


@action
def start_booking(*, user: User, school: School, by: By, at: datetime) -> BookingDraft:
    """
    Begin a booking for a school, or go on with the one that was begun for it. One draft for each person and school.

    Raises `PermissionDenied` unless the person has, or has claimed, a role at the school that books.
    """
    if not may_ask(user, school, timezone.localdate(at)):
        raise PermissionDenied
    draft, _made = BookingDraft.objects.get_or_create(user=user, school=school, case=None, defaults={"started_at": at, "changed_at": at})
    return draft

"""What health check days hold on a person: who wrote a brief, what they said of a day, and a booking they have not sent."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alliance.models import User
from common.actions import Actor, current_actor
from common.personal_data import ERASED, PersonalData, erase_in_history
from health_checks.actions.discard_booking import discard_booking
from health_checks.models import BookingDraft, Brief, Feedback


def _briefs_by(user: User) -> QuerySet[Brief]:
    written = Brief.history.filter(history_user=user, history_type="+").values("id")
    return Brief.objects.filter(pk__in=written).order_by("pk")


def export_health_check_data(user: User) -> PersonalData:
    return {
        "briefs written": list(_briefs_by(user).values("day__series__case__reference", "version", "written_at", "written_by_name")),
        "feedback on days": list(
            Feedback.objects.filter(given_by=user).values("day__series__case__reference", "usefulness", "text", "given_at")
        ),
        "bookings not sent": list(
            BookingDraft.objects.filter(user=user, case=None).values("school__name", "started_at", "changed_at", "answers")
        ),
    }


def erase_health_check_data(user: User, at: datetime) -> None:
    """Take the name out of briefs, and delete a booking that was not sent; what a school said stays the school's."""
    for brief in _briefs_by(user):
        brief.written_by_name = ERASED
        brief.save()
        erase_in_history(brief, written_by_name=ERASED)
    for draft in BookingDraft.objects.filter(user=user, case=None):
        discard_booking(draft=draft, by=current_actor() or Actor.job("erasure"), at=at)

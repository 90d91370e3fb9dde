from datetime import datetime

from common.actions import By, action
from health_checks.models import BookingDraft


@action
def discard_booking(*, draft: BookingDraft, by: By, at: datetime) -> None:
    """Throw away a booking that was not sent. One that was sent stays as it is."""
    BookingDraft.objects.filter(pk=draft.pk, case=None).delete()

from __future__ import annotations

from datetime import datetime

from alliance.models import User
from cases.models import Case
from common.actions import Refusal, action
from health_checks.actions.request_series import request_series
from health_checks.booking import Booking
from health_checks.models import BookingDraft
from health_checks.shown import Shown, shown_as_frozen


class BookingChanged(Refusal):
    """What would be sent is not what the page showed; the message says what changed."""


@action
def send_booking(*, draft: BookingDraft, shown: Shown, by: User, at: datetime) -> Case:
    """
    Turn a draft into a booking with its case and reference, whole or not at all. Sending the same draft again returns that case.

    The price and the policy that are frozen are those that the page showed, or nothing is sent (H6). Raises `BookingChanged` and what
    `request_series` does.
    """
    draft = BookingDraft.objects.select_for_update(of=("self",)).select_related("case", "school").get(pk=draft.pk)
    if draft.case is not None:
        return draft.case
    booking = Booking(draft, at=at)
    series = request_series(wish=booking.wish(), by=by, at=at)
    if series.shown and (changes := shown.changes_in(shown_as_frozen(booking, series.shown))):
        raise BookingChanged(" ".join(changes))
    draft.case, draft.answers, draft.changed_at = series.case, {}, at
    draft.save()
    return series.case

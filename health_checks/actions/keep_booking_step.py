from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from common.actions import By, Refusal, action
from health_checks.models import BookingDraft

DECIDES_DATES = ("days", "repeat")
"""Steps whose answers say which dates suit: length, leaders, and how further days follow."""


class BookingIsSent(Refusal):
    """The booking was sent meanwhile, perhaps in another window."""


@action
def keep_booking_step(*, draft: BookingDraft, step: str, answers: dict[str, Any], by: By, at: datetime) -> BookingDraft:
    """
    Keep the answers of one step, as JSON; those of other steps stay. Dates that were looked at for other days are asked for again, and
    stand in their form as they were given.

    Raises `BookingIsSent`.
    """
    draft = BookingDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.case_id is not None:
        raise BookingIsSent(_("This booking has been sent. You find it among your cases."))
    kept = {**draft.answers, step: answers}
    if step in DECIDES_DATES and answers != draft.answers.get(step):
        dates = kept.pop("dates", {})
        kept["dates"] = {"before": dates.get("given") or dates.get("before", [])}
    draft.answers = kept
    draft.changed_at = at
    draft.save()
    return draft

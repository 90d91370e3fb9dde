from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from common.in_words import day_to_keep
from health_checks.enums import DayState
from health_checks.models import Day, Feedback
from health_checks.permissions import check_user_is
from health_checks.policies import check_day_is, lock_day
from health_checks.transitions import Mover


class FeedbackIsGiven(Refusal):
    """Somebody of the school said how it was already."""


@action
def give_feedback(*, day: Day, usefulness: int, text: str, by: By, at: datetime) -> Feedback:
    """
    Say how useful a day was, from 1 (not at all) to 5 (very), for the alliance to read.

    Raises `PermissionDenied` unless by somebody who books for the school, `NotNow` before it is signed off, and `FeedbackIsGiven`.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.SCHOOL, day.series, timezone.localdate(at))
    check_day_is(day, DayState.SIGNED_OFF)
    if Feedback.objects.filter(day=day).exists():
        raise FeedbackIsGiven(_("Somebody at your school has told us already. Thank you."))
    feedback = Feedback(day=day, usefulness=usefulness, text=text, given_at=at, given_by=user)
    feedback.full_clean()
    feedback.save()
    record_event(day.series.case, N_("The school said how useful %(day)s was."), by=by, at=at, day=day_to_keep(day.date))
    synchronise_turns(day.series.case, at=at)
    return feedback

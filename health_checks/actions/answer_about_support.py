from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from health_checks.models import Series
from health_checks.permissions import check_user_is
from health_checks.policies import NotNow, check_reason, lock_series
from health_checks.telling import NEWS, people_who_book, tell
from health_checks.transitions import Mover


@action
def answer_about_support(*, series: Series, answer: str, by: By, at: datetime) -> Series:
    """
    Say what came of a school's wish for more support; the school reads the answer. It may be given once the days are over, too.

    Raises `PermissionDenied` unless by alliance staff, `NotNow` where the school did not ask or was answered, and `ValidationError`
    without an answer.
    """
    series = lock_series(series)
    user = check_user_is(by, Mover.STAFF, series, timezone.localdate(at))
    check_reason(answer)
    if series.supports_asked_at is None or series.supports_answered_at is not None:
        raise NotNow(_("The school does not wait for an answer about more support."))
    series.supports_answered_at, series.supports_answered_by = at, user
    series.save()
    record_event(series.case, N_("The alliance answered about more support."), by=by, at=at, reason=answer, public=True)
    people = people_who_book(series.case.supported_school, timezone.localdate(at))
    tell(series, people, N_("The alliance answered about more support."), at=at, kind=NEWS)
    synchronise_turns(series.case, at=at)
    return series

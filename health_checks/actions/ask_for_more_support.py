from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from health_checks.models import Series
from health_checks.permissions import check_user_is
from health_checks.policies import lock_series
from health_checks.telling import staff_of, tell
from health_checks.transitions import Mover


@action
def ask_for_more_support(*, series: Series, by: By, at: datetime) -> Series:
    """
    Tell the alliance that the school would like more than days: it goes on with a request for support where there is a form for it.

    Again changes nothing. Raises `PermissionDenied` unless by somebody who books for the school.
    """
    series = lock_series(series)
    check_user_is(by, Mover.SCHOOL, series, timezone.localdate(at))
    if series.supports_asked_at is None:
        series.supports_asked_at = at
        series.save()
        record_event(series.case, N_("The school would like more support."), by=by, at=at, public=True)
        tell(series, staff_of(series), N_("A school would like more support after its health check days."), at=at)
        synchronise_turns(series.case, at=at)
    return series

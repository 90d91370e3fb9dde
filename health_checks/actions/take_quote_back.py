from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from health_checks.enums import SeriesState
from health_checks.models import Series
from health_checks.moves import move_series
from health_checks.policies import check_series_is, lock_series
from health_checks.telling import NEWS, people_who_book, tell


@action
def take_quote_back(*, series: Series, by: By, at: datetime, reason: str) -> Series:
    """
    Take back a quote that was not accepted, to change days or leaders; the leaders stay held, and a next version follows. The school
    is told.

    Raises `NotNow`, `PermissionDenied` unless by alliance staff, and `ValidationError` without a reason.
    """
    series = lock_series(series)
    check_series_is(series, SeriesState.QUOTED)
    move_series(series, SeriesState.MATCHING, by=by, at=at, reason=reason, quote_expires_on=None)
    record_event(series.case, N_("The quote was taken back and will be replaced."), by=by, at=at, reason=reason, public=True)
    people = people_who_book(series.case.supported_school, timezone.localdate(at))
    tell(series, people, N_("The quote for your health check days was taken back. You get a new one."), at=at, kind=NEWS)
    synchronise_turns(series.case, at=at)
    return series

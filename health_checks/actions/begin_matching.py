from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from health_checks.enums import SeriesState
from health_checks.models import Series
from health_checks.moves import move_series
from health_checks.policies import NotReady, lock_series
from health_checks.telling import asker_is_verified


@action
def begin_matching(*, series: Series, by: By, at: datetime, reason: str = "") -> Series:
    """
    Begin to look for leaders, also again after a quote expired.

    Raises `IllegalMove`, `PermissionDenied` unless by alliance staff, and `NotReady` while whoever asked is not verified: no half day is
    held for a school that somebody only claims to speak for, whoever else does.
    """
    series = lock_series(series)
    if not asker_is_verified(series, timezone.localdate(at)):
        raise NotReady(_("Whoever asked may not book for the school yet. Check the role that was claimed first."))
    move_series(series, SeriesState.MATCHING, by=by, at=at, reason=reason)
    record_event(series.case, N_("The alliance is finding leaders for the days."), by=by, at=at, public=True)
    synchronise_turns(series.case, at=at)
    return series

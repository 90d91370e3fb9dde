from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from common.actions import By, Refusal, action
from common.in_words import day_to_keep
from health_checks.enums import Audience, DayState
from health_checks.models import Day, RecordShare
from health_checks.permissions import check_is_head
from health_checks.policies import check_day_is, lock_day


class IsShared(Refusal):
    """The record is shared with them already."""


@action
def share_record(*, day: Day, audience: Audience, by: By, at: datetime) -> RecordShare:
    """
    Let others read the school's record: the alliance's staff, or the leaders who conducted the day. The head decides.

    Raises `PermissionDenied`, `NotNow` before the school has signed, and `IsShared`.
    """
    day = lock_day(day)
    user = check_is_head(by, day.series, timezone.localdate(at))
    check_day_is(day, DayState.SIGNED_OFF)
    try:
        with transaction.atomic():
            share: RecordShare = RecordShare.objects.create(record=day.record, audience=audience, shared_at=at, shared_by=user)
    except IntegrityError as clash:
        raise IsShared(_("The record is shared with them already.")) from clash
    record_event(day.series.case, N_("The school shared the record of %(day)s."), by=by, at=at, day=day_to_keep(day.date))
    return share

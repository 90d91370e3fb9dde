from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.models import RecordShare
from health_checks.permissions import check_is_head
from health_checks.policies import lock_day


@action
def stop_sharing_record(*, share: RecordShare, by: By, at: datetime) -> RecordShare:
    """Take back that others may read the record; again changes nothing. Raises `PermissionDenied` unless by the head."""
    day = lock_day(share.record.day)
    user = check_is_head(by, day.series, timezone.localdate(at))
    share = RecordShare.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if share.revoked_at is None:
        share.revoked_at, share.revoked_by = at, user
        share.save()
        record_event(day.series.case, N_("The school shares the record of %(day)s no more."), by=by, at=at, day=day_to_keep(day.date))
    return share

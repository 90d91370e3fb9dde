from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.enums import DayState
from health_checks.invoicing import invoice_day
from health_checks.models import Day, Record, RecordText
from health_checks.moves import follow_days, move_day
from health_checks.permissions import check_is_head
from health_checks.policies import RecordChanged, check_day_is, lock_day
from health_checks.telling import NEWS, leaders_of, staff_of, tell


@action
def sign_off_day(*, day: Day, sha256: str, comment: str, by: By, at: datetime) -> Day:
    """
    The head signs last, with a comment that is kept word for word (H5). The record is the school's from now on, and the day is invoiced.
    Also after staff recorded that the school had not signed.

    `sha256` is of the text that was read. Raises `PermissionDenied` unless by the head of the school or who acts for the head, `NotNow`,
    and `RecordChanged` when it is not the text that was signed.
    """
    day = lock_day(day)
    user = check_is_head(by, day.series, timezone.localdate(at))
    check_day_is(day, DayState.DELIVERED, DayState.NOT_SIGNED)
    record = Record.objects.select_for_update(of=("self",)).get(day=day)
    if record.sha256 != sha256:
        raise RecordChanged(_("This is not the record that the leader signed. Open it again."))
    text = RecordText.objects.select_for_update(of=("self",)).get(record=record)
    text.school_comment = comment
    text.clean_fields(exclude=["record"])
    text.save()
    record.school_signed_at, record.school_signed_by = at, user
    record.save()
    is_invoiced = day.state == DayState.NOT_SIGNED
    move_day(day, DayState.SIGNED_OFF, by=by, at=at)
    if not is_invoiced:
        invoice_day(day, by=by, at=at)
    record_event(day.series.case, N_("The school signed off %(day)s."), by=by, at=at, public=True, day=day_to_keep(day.date))
    tell(day.series, [*staff_of(day.series), *leaders_of(day)], N_("A school signed off its health check day."), at=at, kind=NEWS, but=user)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_in_words, day_to_keep
from health_checks.enums import DayState
from health_checks.models import Brief, Day, Record, RecordText
from health_checks.moves import follow_days, move_day
from health_checks.permissions import check_user_is
from health_checks.policies import NotReady, check_comes, check_day_is, lock_day
from health_checks.transitions import Mover


@action
def start_day(*, day: Day, by: By, at: datetime) -> Day:
    """
    Begin a day, on its date or, when it is written up later, after it; the record is begun with it.

    Only a day whose very brief both sides agreed to before `at` begins (H4): this, the table of moves and a constraint of the database
    say so. Raises `NotNow`, `PermissionDenied` unless by a leader of the day, and `NotReady` before its date or the agreement.
    """
    day = lock_day(day)
    check_day_is(day, DayState.READY, DayState.CONFIRMED)
    check_comes(check_user_is(by, Mover.LEADER, day.series, timezone.localdate(at), day), day)
    brief = Brief.objects.filter(day=day).first()
    if day.state != DayState.READY or brief is None or not brief.is_agreed or brief.agreed_at > at or agreed_too_late(day, brief):
        raise NotReady(_("Both sides have to agree to the brief before the day starts."))
    if timezone.localdate(at) < day.date:
        raise NotReady(_("The day is on %(day)s.") % {"day": day_in_words(day.date)})
    move_day(day, DayState.IN_PROGRESS, by=by, at=at, started_at=at, started_by=Actor.of(by).user)
    record = Record.objects.create(day=day, begun_at=at)
    RecordText.objects.create(record=record)
    record_event(day.series.case, N_("The health check on %(day)s began."), by=by, at=at, public=True, day=day_to_keep(day.date))
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day


def agreed_too_late(day: Day, brief: Brief) -> bool:
    """After the day's date nothing is agreed for it any more: it was not held as agreed."""
    return timezone.localdate(brief.agreed_at) > day.date

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_in_words, day_to_keep, in_pounds
from health_checks.actions.cancel_day import ask_for_another_date, end_day
from health_checks.enums import COMING, Cause, DayState
from health_checks.fees import fee_for_day
from health_checks.invoicing import invoice_fee
from health_checks.models import Day
from health_checks.moves import follow_days
from health_checks.policies import NotNow, check_day_is, check_reason, lock_day
from health_checks.telling import NEWS, leaders_of, people_who_book, staff_of, tell

STATES = {Cause.SCHOOL: DayState.NO_SHOW_SCHOOL, Cause.LEADER: DayState.NO_SHOW_LEADER}


@action
def record_no_show(*, day: Day, absent: Cause, by: By, at: datetime, reason: str) -> Day:
    """
    Say that one side was not there, on the day or after it. A school that was not there owes the fee of a day without notice; a leader
    who did not come costs nothing.

    A leader or staff say it of the school, the school or staff of the leader: the table of moves. For a leader who did not come the school
    is owed another date. Raises `PermissionDenied`, `NotNow`, also
    before the date, and `ValidationError` without a reason.
    """
    day = lock_day(day)
    check_day_is(day, *COMING)
    check_reason(reason)
    if timezone.localdate(at) < day.date:
        raise NotNow(_("The day is on %(day)s.") % {"day": day_in_words(day.date)})
    people = [*people_who_book(day.series.case.supported_school, timezone.localdate(at)), *leaders_of(day), *staff_of(day.series)]
    fee = fee_for_day(day, caused_by=absent, on=day.date)
    end_day(day, STATES[absent], caused_by=absent, fee=fee.amount, fee_percent=fee.percent, by=by, at=at, reason=reason)
    invoice_fee(day, by=by, at=at)
    sentence = N_("The school was not there on %(day)s.")
    if absent == Cause.LEADER:
        sentence = N_("The leader did not come on %(day)s; nothing is charged.")
    case, kept_day = day.series.case, day_to_keep(day.date)
    record_event(case, sentence, by=by, at=at, reason=reason, public=True, day=kept_day)
    if fee.amount:
        record_event(case, N_("The fee for %(day)s is %(fee)s."), by=by, at=at, day=kept_day, fee=in_pounds(fee.amount))
    tell(day.series, people, N_("A health check day was not held."), at=at, kind=NEWS)
    if day.is_owed_another_date:
        ask_for_another_date(day, at=at)
    follow_days(day.series, by=by, at=at)
    synchronise_turns(day.series.case, at=at)
    return day

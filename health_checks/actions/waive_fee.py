from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.queries import people_with_role
from alliance.roles import Role
from cases.events import N_, record_event
from cases.permissions import check_user_can_decide_on_case
from common.actions import By, action
from common.in_words import day_to_keep
from health_checks.invoicing import FEE_OWED, drop_drafts, issued_for_fee
from health_checks.models import Day
from health_checks.policies import NotNow, check_reason, lock_day
from health_checks.telling import CREDIT, NEWS, people_who_book, tell
from outbox.actions.write_message import write_message


@action
def waive_fee(*, day: Day, by: By, at: datetime, reason: str) -> Day:
    """
    Ask for no fee after all. Drafts of its invoices are thrown away; for one that was issued finance is asked for a credit note.

    Raises `PermissionDenied` unless by an S2S lead without a tie to the school, `NotNow` where no fee is owed, and `ValidationError`
    without a reason.
    """
    day = lock_day(day)
    user = check_user_can_decide_on_case(by, day.series.case)
    check_reason(reason)
    if not day.fee_due:
        raise NotNow(_("No fee is owed for this day."))
    day.waived_at, day.waived_by, day.waiver_reason = at, user, reason
    day.save()
    drop_drafts(day, FEE_OWED, by=by, at=at, reason=reason)
    for invoice in issued_for_fee(day):
        for person in people_with_role(Role.FINANCE):
            write_message(kind=CREDIT, about=invoice, at=at, to=person)
    record_event(
        day.series.case, N_("The fee for %(day)s was waived."), by=by, at=at, reason=reason, public=True, day=day_to_keep(day.date)
    )
    tell(day.series, people_who_book(day.series.case.supported_school, timezone.localdate(at)), N_("A fee was waived."), at=at, kind=NEWS)
    return day

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from common.actions import By, action
from finance.drafting import save_drafts
from finance.enums import MoneyRoute
from finance.models import Invoice
from finance.parties import Party
from finance.permissions import check_user_can_handle_invoices
from finance.routes import TimeLine, invoices_for_time


@action
def draft_invoices(
    *,
    route: MoneyRoute,
    payer: Party,
    supporting_school: Party,
    alliance: Party,
    lines: Sequence[TimeLine],
    case_reference: str,
    po_number: str = "",
    by: By,
    at: datetime,
    reason: str = "",
) -> list[Invoice]:
    """
    Draft the invoices that follow from approved time of one supporting school's leaders (D3).

    Lines that cost nothing are on none, so the list may be empty. Raises `PermissionDenied`, and `WorkIsBilled` when a
    line is on an invoice already; nothing is drafted then.
    """
    check_user_can_handle_invoices(by)
    wanted = invoices_for_time(route, payer=payer, supporting_school=supporting_school, alliance=alliance, lines=lines)
    return save_drafts(wanted, case_reference=case_reference, po_number=po_number, at=at)

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from common.actions import By, action
from finance.drafting import save_drafts
from finance.enums import MoneyRoute
from finance.models import Invoice
from finance.parties import Party
from finance.routes import TimeLine, invoices_for_time


@action
def draft_service_invoices(
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
    Draft what a service that was given, or a fee that is owed for one, asks for by a money route (D3, H6).

    Called inside the action that signs it off or cancels it, which says who may: a draft binds nobody, finance issues it. Raises
    `WorkIsBilled` when a piece of work is on an invoice already; nothing is drafted then.
    """
    wanted = invoices_for_time(route, payer=payer, supporting_school=supporting_school, alliance=alliance, lines=lines)
    return save_drafts(wanted, case_reference=case_reference, po_number=po_number, at=at)

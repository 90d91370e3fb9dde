from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from common.actions import By, action
from finance.drafting import save_drafts
from finance.enums import QUOTE_LINE, MoneyRoute
from finance.models import Invoice, Quote, QuoteLine
from finance.parties import Party
from finance.policies import NothingToBill
from finance.routes import TimeLine, invoices_on_signature


@action
def draft_advance_invoice(
    *, quote: Quote, payer: Party, alliance: Party, case_reference: str, po_number: str = "", by: By, at: datetime, reason: str = ""
) -> Invoice:
    """
    Draft the invoice for a whole quote, on signature (D3, the route in advance).

    Called inside the action that signs, so that whoever signs last causes it: a draft binds nobody, finance issues it. Once
    that draft was thrown away or the invoice credited, called again by the action that bills anew. Raises `NothingToBill` for a
    quote of nothing, and `WorkIsBilled` while one stands.
    """
    lines = [_as_time(line) for line in quote.lines.order_by("position")]
    wanted = invoices_on_signature(MoneyRoute.IN_ADVANCE, payer=payer, alliance=alliance, lines=lines)
    if not wanted:
        raise NothingToBill(_("This quote asks for no money, so there is nothing to invoice."))
    (invoice,) = save_drafts(wanted, case_reference=case_reference, po_number=po_number, at=at)
    return invoice


def _as_time(line: QuoteLine) -> TimeLine:
    return TimeLine(
        source_kind=QUOTE_LINE,
        source_reference=f"{line.quote_id}/{line.position}",
        description=line.description,
        half_days=line.half_days,
        charge=line.charge,
        supporting_share=line.supporting_share,
    )

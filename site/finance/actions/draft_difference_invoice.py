from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from common.actions import By, action
from finance.drafting import save_drafts
from finance.enums import QUOTE_LINE, MoneyRoute
from finance.models import Invoice, Quote
from finance.money import NOTHING
from finance.parties import Party
from finance.policies import NothingToBill
from finance.queries import lines_in_advance
from finance.routes import TimeLine, invoices_on_signature


@action
def draft_difference_invoice(
    *, quote: Quote, billed: Decimal, payer: Party, alliance: Party, case_reference: str, by: By, at: datetime, reason: str = ""
) -> Invoice:
    """
    Draft the invoice for what an amended quote costs above the `billed` pounds that stand on invoices in advance already (D3, D4).

    Raises `NothingToBill` when it costs no more, and `WorkIsBilled` when somebody drafted the same at once.
    """
    difference = quote.total - billed
    if difference <= NOTHING:
        raise NothingToBill(_("The amended quote costs no more than was invoiced, so there is nothing to invoice."))
    before = sum(line.half_days for line in lines_in_advance().filter(invoice__case_reference=case_reference))
    line = TimeLine(
        source_kind=QUOTE_LINE,
        source_reference=f"{quote.pk}/above {billed}",
        description=_("Costs, version %(version)d: what the amendment adds") % {"version": quote.version},
        half_days=max(1, sum(line.half_days for line in quote.lines.all()) - before),
        charge=difference,
        supporting_share=NOTHING,
    )
    (invoice,) = save_drafts(
        invoices_on_signature(MoneyRoute.IN_ADVANCE, payer=payer, alliance=alliance, lines=[line]),
        case_reference=case_reference,
        po_number="",
        at=at,
    )
    return invoice

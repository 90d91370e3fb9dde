"""Costs: the quote, and the invoices of the case that concern the reader."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.enums import UNNUMBERED, InvoiceStatus
from finance.models import Invoice
from finance.queries import invoices_of_case
from s2s_workflow.money import payer_of, route_of
from s2s_workflow.parties import schools_acted_for
from s2s_workflow.quotes import SEES_OWN_SHARES, quotes_for
from s2s_workflow.standing import Standing
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "costs", _("Costs"), 600, "s2s_workflow/tabs/costs.html"
SEES_ALL = (Standing.STAFF, Standing.FINANCE)
TAGS = {InvoiceStatus.DRAFT: "draft", InvoiceStatus.ISSUED: "wait", InvoiceStatus.QUERIED: "late", InvoiceStatus.PAID: "done"}


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    invoices = invoices_for(reader)
    return {
        "quotes": quotes_for(reader),
        "payer": payer_of(project).name if reader.is_any(*SEES_ALL, Standing.SUPPORTED_SCHOOL) else "",
        "route": route_of(project).label,
        "invoices": [(invoice, TAGS.get(InvoiceStatus(invoice.status), "")) for invoice in invoices],
        "handles_invoices": reader.is_any(Standing.FINANCE, Standing.S2S_LEAD),
        "sees_refund": reader.is_any(*SEES_ALL, Standing.SUPPORTED_SCHOOL),
    }


def invoices_for(reader: Reader) -> list[Invoice]:
    """
    All of the case for the alliance; for a school those it pays and, of a supporting school, those written in its name.

    Drafts bind nobody and may be thrown away, so schools see an invoice once it has its number.
    """
    invoices = invoices_of_case(reader.project.case.reference)
    if reader.is_any(*SEES_ALL):
        return list(invoices)
    theirs = Q(pk__in=[])
    own = schools_acted_for(reader.user, reader.today)
    supported = reader.project.case.supported_school_id
    if reader.is_any(Standing.SUPPORTED_SCHOOL):
        theirs |= Q(payer_school=supported)
    if reader.is_any(*SEES_OWN_SHARES):
        supporting = own - {supported}
        theirs |= Q(payer_school__in=supporting) | Q(issuer__school__in=supporting)
    return list(invoices.filter(theirs).exclude(status__in=UNNUMBERED))

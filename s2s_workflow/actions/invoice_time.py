from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from finance.actions.draft_invoices import draft_invoices
from finance.models import Invoice
from finance.parties import Party as InvoiceParty
from s2s_workflow.enums import Party, TimeState
from s2s_workflow.models import SupportProject
from s2s_workflow.money import alliance_party, payer_of, route_of, time_line, time_to_invoice
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project


class NothingToInvoice(Refusal):
    """No approved time waits for an invoice."""


@action
def invoice_time(*, project: SupportProject, by: By, at: datetime) -> list[Invoice]:
    """
    Draft the invoices for all approved time of a project, each supporting school apart, by the protocol's route (D3).

    Raises `PermissionDenied` unless by finance or an S2S lead, and `NothingToInvoice`.
    """
    project = lock_project(project)
    check_user_is(by, Party.FINANCE_OR_S2S_LEAD, project, timezone.localdate(at))
    lines = time_to_invoice(project)
    if not lines:
        raise NothingToInvoice(_("No approved time waits for an invoice."))
    drafted: list[Invoice] = []
    for school, theirs in groupby(lines, key=lambda line: line.visit.deployment.supporting_school):
        drafted += draft_invoices(
            route=route_of(project),
            payer=payer_of(project),
            supporting_school=InvoiceParty.of_school(school),
            alliance=alliance_party(),
            lines=[time_line(line) for line in theirs],
            case_reference=project.case.reference,
            by=by,
            at=at,
        )
    for line in lines:
        line.state = TimeState.INVOICED
        line.save()
    record_event(project.case, N_("Invoices for approved time were drafted."), by=by, at=at)
    synchronise_turns(project.case, at=at)
    return drafted

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from finance.models import Invoice
from s2s_workflow.actions.invoice_time import NothingToInvoice
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject
from s2s_workflow.money import advance_is_wanted, bill_in_advance, keep_refund_true
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project


@action
def invoice_in_advance(*, project: SupportProject, by: By, at: datetime, reason: str = "") -> Invoice:
    """
    Draft the invoice in advance once more, after the one before was thrown away or credited; the signature drafts the first (D3).

    Raises `PermissionDenied` unless by finance or an S2S lead, and `NothingToInvoice` while one stands or none is due.
    """
    project = lock_project(project)
    check_user_is(by, Party.FINANCE_OR_S2S_LEAD, project, timezone.localdate(at))
    invoice = bill_in_advance(project, by=by, at=at) if advance_is_wanted(project) else None
    if invoice is None:
        raise NothingToInvoice(_("There is nothing to invoice in advance: an invoice stands, or nothing is due."))
    keep_refund_true(project)
    record_event(project.case, N_("The invoice in advance was drafted again."), by=by, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    return invoice

"""Money of a project: invoices in advance and for approved time, and the refund of what was not spent (D3, D4)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.invoice_in_advance import invoice_in_advance
from s2s_workflow.actions.invoice_time import invoice_time
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.enums import AFTER_DELIVERY, SIGNED, Party
from s2s_workflow.models import SupportProject
from s2s_workflow.money import advance_is_wanted, payer_of, quote_of, refund_waits, route_of, time_to_invoice
from s2s_workflow.money_guards import time_is_decided
from s2s_workflow.steps.base import Doing, Step, StepForm, party

TAB = "costs"


class RefundForm(StepForm):
    reason = forms.CharField(
        label=_("How it was paid back"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the day and the reference of the payment. The school can read it."),
    )


def refund_can_be_recorded(project: SupportProject, target: Any) -> bool:
    """Once what was given is known for good."""
    return refund_waits(project) and time_is_decided(project) is None


def _to_invoice(project: SupportProject, target: Any) -> dict[str, Any]:
    lines = time_to_invoice(project)
    return {"lines": lines, "total": sum(line.charge for line in lines), "route": route_of(project).label, "payer": payer_of(project).name}


def _quote(project: SupportProject, target: Any) -> dict[str, Any]:
    return {"quote": quote_of(project), "payer": payer_of(project).name}


def _refund(doing: Doing) -> object:
    return record_refund(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"])


STEPS = [
    Step(
        slug="invoice-in-advance",
        tab=TAB,
        label=_("Draft the invoice in advance"),
        done=_("The invoice is drafted. Issue it in the admin."),
        button=_("Draft the invoice"),
        explanation=_("The one before was thrown away or credited, so what is paid in advance is on no invoice."),
        act=lambda doing: invoice_in_advance(project=doing.project, by=doing.user, at=doing.at),
        who=party(Party.FINANCE_OR_S2S_LEAD),
        stages=SIGNED,
        ready=lambda project, target: advance_is_wanted(project),
        context=_quote,
        template="s2s_workflow/steps/invoice_in_advance.html",
    ),
    Step(
        slug="invoice-time",
        tab=TAB,
        label=_("Draft the invoices for approved time"),
        done=_("The invoices are drafted. Issue them in the admin."),
        button=_("Draft the invoices"),
        act=lambda doing: invoice_time(project=doing.project, by=doing.user, at=doing.at),
        who=party(Party.FINANCE_OR_S2S_LEAD),
        stages=SIGNED,
        ready=lambda project, target: bool(time_to_invoice(project)),
        context=_to_invoice,
        template="s2s_workflow/steps/invoice_time.html",
    ),
    Step(
        slug="record-refund",
        tab=TAB,
        label=_("Record the refund"),
        done=_("The refund is recorded."),
        form=RefundForm,
        act=_refund,
        who=party(Party.FINANCE_OR_S2S_LEAD),
        stages=AFTER_DELIVERY,
        ready=refund_can_be_recorded,
        template="s2s_workflow/steps/record_refund.html",
    ),
]

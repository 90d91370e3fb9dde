"""The guards about money: what has to be decided, invoiced and paid before a project is closed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from s2s_workflow.enums import UNDECIDED
from s2s_workflow.models import SupportProject, Visit
from s2s_workflow.money import advance_is_wanted, time_to_invoice, unsettled_invoices


def time_is_decided(project: SupportProject) -> str | None:
    """Nothing waits for approval or correction, so what was given is known for good."""
    waiting = _undecided(project)
    if waiting:
        return ngettext("The time of %d visit is not decided on yet.", "The time of %d visits is not decided on yet.", waiting) % waiting
    return None


def _undecided(project: SupportProject) -> int:
    return Visit.objects.filter(deployment__project=project, time__state__in=UNDECIDED).count()


def time_is_invoiced(project: SupportProject) -> str | None:
    """All time is decided on, and what was approved stands on an invoice that counts. Time that was written off is on none."""
    waiting = _undecided(project) + len(time_to_invoice(project))
    if waiting:
        return ngettext("The time of %d visit is not invoiced.", "The time of %d visits is not invoiced.", waiting) % waiting
    return None


def advance_is_invoiced(project: SupportProject) -> str | None:
    """What is paid in advance stands on an invoice that counts, as approved time does on the other routes."""
    return _("The invoice in advance was thrown away or credited: draft it again.") if advance_is_wanted(project) else None


def invoices_are_settled(project: SupportProject) -> str | None:
    open_ = unsettled_invoices(project)
    return ngettext("%d invoice is not settled.", "%d invoices are not settled.", open_) % open_ if open_ else None


def refund_is_done(project: SupportProject) -> str | None:
    waits = project.refund_due and not project.refunded_at
    return _("£%(sum)s of unspent costs are still to be refunded.") % {"sum": project.refund_due} if waits else None

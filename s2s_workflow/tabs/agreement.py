"""The signing room: the frozen text, who has signed it, and the versions before it (W8)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from s2s_workflow.agreement_blocks import blocks_of
from s2s_workflow.amendment_guards import missing_in_amendment
from s2s_workflow.enums import Stage
from s2s_workflow.models import AgreementParty, InitialMeeting
from s2s_workflow.parties import open_agreement
from s2s_workflow.standing import Standing
from s2s_workflow.steps.agreement import missing_to_freeze
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "agreement", _("Agreement"), 450, "s2s_workflow/tabs/agreement.html"
DRAFTING = (Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED)


def _missing(reader: Reader) -> list[str]:
    """What comes before the next text is frozen, in words."""
    project = reader.project
    if project.amending_at:
        return [] if open_agreement(project) else missing_in_amendment(project)
    return missing_to_freeze(project) if project.stage in DRAFTING else []


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    slots = AgreementParty.objects.select_related("school", "signature")
    agreements = project.agreements.select_related("voided_by").order_by("-version").prefetch_related(Prefetch("parties", slots))
    in_force = next((agreement.pk for agreement in agreements if agreement.completed_at), None)
    versions = [
        {"agreement": agreement, "blocks": blocks_of(agreement.text), "is_in_force": agreement.pk == in_force} for agreement in agreements
    ]
    return {
        "versions": versions,
        "missing": _missing(reader) if reader.is_any(Standing.STAFF, Standing.TEAM) else [],
        "meeting": InitialMeeting.objects.filter(project=project).select_related("recorded_by").first(),
    }

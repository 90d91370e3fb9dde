"""What the supported school is asked to agree to: team, timetable, costs and who pays (W4, W5), and the end of the support (D4)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from s2s_workflow.enums import VisitState
from s2s_workflow.models import SupportProject, Visit
from s2s_workflow.money import payer_of, quote_of


def fingerprint_of(project: SupportProject) -> str:
    """
    SHA-256 over all of it, so that an acceptance names what was shown (promise 6): whatever of it changes, changes this.

    Who was released or approved meanwhile does not: the school accepts people, days and charges.
    """
    team = [
        [
            deployment.pk,
            deployment.supporting_school_id,
            deployment.is_named_lead,
            deployment.designation,
            deployment.remit,
            deployment.half_days,
            deployment.starts_on,
            deployment.ends_on,
        ]
        for deployment in project.team()
    ]
    visits = Visit.objects.filter(deployment__in=project.team()).exclude(state=VisitState.CANCELLED)
    timetable = list(visits.order_by("pk").values_list("deployment", "visit_date", "half", "focus"))
    quote = quote_of(project)
    shown = [sorted(team), timetable, quote.pk if quote else None, payer_of(project).name]
    return _sha256(shown)


def fingerprint_of_exit(project: SupportProject) -> str:
    """The same over the end that is proposed: its last day, the steps to it, and what is refunded."""
    return _sha256([project.exit_on, project.exit_steps, project.refund_due])


def _sha256(shown: list[Any]) -> str:
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()

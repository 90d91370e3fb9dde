"""
Visits with their notes and time.

Staff, the supported school and the team read the notes. A supporting head sees the days and the time of the leaders that
their school released, also of those who left early, and no note. A leader who left sees their own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from s2s_workflow.enums import VisitState
from s2s_workflow.in_force import objectives_ever_signed
from s2s_workflow.models import Visit
from s2s_workflow.parties import schools_acted_for
from s2s_workflow.standing import Standing
from s2s_workflow.steps.visits import visits_in
from s2s_workflow.tabs.reader import Reader
from s2s_workflow.time_approval import may_decide_on_time

SLUG, LABEL, ORDER, TEMPLATE = "visits", _("Visits"), 500, "s2s_workflow/tabs/visits.html"
READS_NOTES = (Standing.STAFF, Standing.SUPPORTED_SCHOOL, Standing.TEAM)


def context(reader: Reader) -> dict[str, Any]:
    visits = (
        visits_in(reader.project)
        .select_related("note__replied_by", "note__noted_by", "time__decided_by")
        .order_by("visit_date", "half", "pk")
    )
    reads_notes = reader.is_any(*READS_NOTES)
    own = schools_acted_for(reader.user, reader.today)
    if not reads_notes:
        visits = visits.filter(Q(deployment__supporting_school__in=own) | Q(deployment__leader__user=reader.user))
    objectives = _objectives(reader) if reads_notes or reader.is_any(Standing.FORMER_LEADER) else {}
    rows = [_row(visit, reader, own, reads_notes, objectives) for visit in visits]
    return {
        "coming": [row for row in rows if row["visit"].state == VisitState.PLANNED],
        "held": [row for row in reversed(rows) if row["visit"].state == VisitState.NOTED],
        "cancelled": [row for row in rows if row["visit"].state == VisitState.CANCELLED],
    }


def _objectives(reader: Reader) -> dict[str, str]:
    """Also those that an amendment dropped: what was written against them stays."""
    return objectives_ever_signed(reader.project)


def _row(visit: Visit, reader: Reader, own: set[str], reads_notes: bool, objectives: dict[str, str]) -> dict[str, Any]:
    """A visit with what of it the reader may see."""
    leader = visit.deployment.leader
    is_theirs = leader.user_id == reader.user.pk
    note = getattr(visit, "note", None) if reads_notes or is_theirs else None
    time = getattr(visit, "time", None)
    sees_time = reader.is_any(Standing.STAFF) or is_theirs or visit.deployment.supporting_school_id in own
    if time and not sees_time:
        sees_time = may_decide_on_time(reader.user, reader.project, time, reader.today)
    return {
        "visit": visit,
        "leader": leader,
        "is_over": visit.visit_date <= reader.today,
        "note": note,
        "evidence": [(objectives[key], text) for key, text in note.evidence.items() if key in objectives] if note else [],
        "time": time if sees_time else None,
    }

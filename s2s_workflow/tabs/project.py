"""Where the project stands: its phase, what is missing before the next stage, and the thread from need to impact."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.documents import is_open_to
from s2s_workflow.enums import Stage
from s2s_workflow.models import Evaluation
from s2s_workflow.standing import Standing
from s2s_workflow.tabs.reader import Reader
from s2s_workflow.thread import thread_of
from s2s_workflow.transitions import missing_for, moves_from

SLUG, LABEL, ORDER, TEMPLATE = "project", _("Project"), 110, "s2s_workflow/tabs/project.html"
PHASES = (
    (_("Request"), (Stage.SUBMITTED, Stage.TRIAGE, Stage.MORE_INFORMATION, Stage.DUE_DILIGENCE, Stage.WORKING_GROUP_REVIEW)),
    (_("Brokering"), (Stage.BROKERING, Stage.TEAM_AGREED)),
    (_("Agreement"), (Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED, Stage.AWAITING_SIGNATURE)),
    (_("Delivery"), (Stage.ACTIVE, Stage.MID_TERM_REVIEW, Stage.EXITING)),
    (_("Review"), (Stage.FINAL_REVIEW_DUE, Stage.EVALUATION_REVIEW, Stage.CHANGES_REQUESTED)),
    (_("Story"), (Stage.APPROVED, Stage.DISSEMINATED, Stage.CLOSED)),
)
"""The stages in six parts, as everybody sees them."""
ENDS_BY_ITSELF = (Stage.WITHDRAWN, Stage.DECLINED, Stage.REFERRED)
READS_THE_THREAD = (Standing.STAFF, Standing.SUPPORTED_SCHOOL, Standing.TEAM)


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    now = next((number for number, (_label, stages) in enumerate(PHASES) if project.stage in stages), None)
    phases = [
        {"label": label, "is_done": now is not None and number < now, "is_now": number == now} for number, (label, _s) in enumerate(PHASES)
    ]
    moves = [
        {"target": Stage(move.target).label, "by": move.by.label, "missing": missing_for(move, project)}
        for move in moves_from(project)
        if move.target not in ENDS_BY_ITSELF and not move.fast_track
    ]
    return {
        "phases": phases if now is not None else [],
        "moves": moves if reader.is_any(Standing.STAFF, Standing.TEAM) else [],
        "thread": thread_of(project, with_judgements=is_open_to(reader.standing, project, Evaluation))
        if reader.is_any(*READS_THE_THREAD)
        else None,
    }

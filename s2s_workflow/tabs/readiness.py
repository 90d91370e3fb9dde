"""The readiness conversation (P5): one's own side until both are in, then both beside each other, the furthest apart first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.enums import ReadinessSide
from s2s_workflow.readiness import ANSWERED_AT, answered, comparison_of, own_answers, questions_of, side_of, sides_in
from s2s_workflow.standing import Standing
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "readiness", _("Readiness"), 360, "s2s_workflow/tabs/readiness.html"


def context(reader: Reader) -> dict[str, Any]:
    project, side = reader.project, side_of(reader.user, reader.project, reader.today)
    submitted, questions = sides_in(project), questions_of(project)
    is_open = submitted == set(ReadinessSide)
    may_compare = side is not None or reader.is_any(Standing.STAFF, Standing.TEAM)
    own = own_answers(project, side) if side and not is_open else None
    return {
        "states": [(one, one in submitted) for one in ReadinessSide],
        "is_open": is_open,
        "is_asked": bool(questions.themes),
        "is_too_late": not is_open and project.stage not in ANSWERED_AT and hasattr(project, "initial_meeting"),
        "questions": questions,
        "may_compare": may_compare,
        "comparison": comparison_of(project) if may_compare else [],
        "row": own,
        "own": answered(questions, side, own) if side and own and own.version else [],
    }

"""The evidence thread: need → objective → visits → reviews → impact, on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from s2s_workflow.enums import Judgement
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import NoteOfVisit, SupportProject


@dataclass
class ObjectiveThread:
    """One objective with what speaks for it."""

    id: str
    value: Any
    evidence: list[tuple[NoteOfVisit, str]] = field(default_factory=list)
    judgement: str = ""
    impact: str = ""


@dataclass(frozen=True)
class Thread:
    needs: str
    objectives: list[ObjectiveThread]
    reviews: list[Any]


def thread_of(project: SupportProject, *, with_judgements: bool) -> Thread:
    """
    The objectives in force with the notes' evidence and the approved judgement, for whom the evaluation is open.

    Five queries, whatever the length.
    """
    plan, evaluation = plan_in_force(project), getattr(project, "evaluation", None)
    objectives = {block.id: ObjectiveThread(block.id, block.value) for block in plan.objectives} if plan else {}
    notes = NoteOfVisit.objects.filter(visit__deployment__project=project).select_related("visit__deployment__leader__user")
    for note in notes.order_by("visit__visit_date", "pk"):
        for key, text in note.evidence.items():
            if key in objectives:
                objectives[key].evidence.append((note, text))
    if with_judgements and evaluation and evaluation.live:
        for block in evaluation.judgements:
            if one := objectives.get(block.value["objective_id"]):
                one.judgement, one.impact = str(Judgement(block.value["judgement"]).label), block.value["evidence"]
    return Thread(project.needs, list(objectives.values()), list(project.mid_term_reviews.in_time()))

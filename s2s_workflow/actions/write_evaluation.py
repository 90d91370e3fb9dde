from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.turns import synchronise_turns
from common.actions import By, action
from common.moderation import save_draft
from s2s_workflow.enums import Judgement, Party, Stage
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import Evaluation, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project


@dataclass(frozen=True)
class Judged:
    """What became of one objective of the plan; an unfinished one has no judgement yet."""

    objective_id: str
    judgement: Judgement | Literal[""]
    evidence: str


@action
def write_evaluation(
    *,
    project: SupportProject,
    judgements: Sequence[Judged],
    impact_on_supporting: str,
    sustained_by: str,
    achievements: str,
    challenges: str,
    next_steps: str,
    by: By,
    at: datetime,
    seen: int | None = None,
) -> Evaluation:
    """
    Write the final review and impact evaluation as a draft, or write it anew (E1). It may be incomplete until it is sent in.

    Raises `PermissionDenied` unless by the supported head, `NotNow`, `UnderReview`, `ChangedMeanwhile` when there is a newer
    draft than `seen`, and `ValidationError` for an objective that the plan does not have.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.SUPPORTED_HEAD, project, timezone.localdate(at))
    check_stage_is(project, Stage.FINAL_REVIEW_DUE, Stage.CHANGES_REQUESTED)
    plan = plan_in_force(project)
    if {judged.objective_id for judged in judgements} - {block.id for block in (plan.objectives if plan else ())}:
        raise ValidationError({"judgements": _("Choose objectives of the plan.")})
    evaluation = Evaluation.objects.filter(project=project).first()
    evaluation = evaluation.draft if evaluation else Evaluation(project=project)
    evaluation.judgements = [
        ("judgement", {"objective_id": judged.objective_id, "judgement": judged.judgement, "evidence": judged.evidence})
        for judged in judgements
    ]
    evaluation.impact_on_supporting, evaluation.sustained_by = impact_on_supporting, sustained_by
    evaluation.achievements, evaluation.challenges, evaluation.next_steps = achievements, challenges, next_steps
    save_draft(evaluation, by=user, seen=seen)
    synchronise_turns(project.case, at=at)
    return evaluation

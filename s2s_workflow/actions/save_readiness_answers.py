from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from common.actions import By, action
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models import ReadinessAnswers, SupportProject
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.readiness import ANSWERED_AT, check_answers_for
from s2s_workflow.readiness_rules import check_answers_fit, check_is_as_shown, check_is_not_submitted, conversation_for


@action
def save_readiness_answers(
    *, project: SupportProject, side: ReadinessSide, answers: dict[str, dict[str, str]], seen: str, by: By, at: datetime
) -> ReadinessAnswers:
    """
    Keep a side's answers, complete or not, to go on later (P5). The first save freezes the wording for both sides.

    `answers` has `place` and `words` by the key of the theme. `seen` is the fingerprint of what was shown
    (`readiness.fingerprint_of`). Raises `PermissionDenied` unless by a person of the side, `NotNow`, `AlreadySubmitted`,
    `AnswersChanged`, and `ValidationError` for what is no answer to what is asked. No event and no message tell of it.
    """
    project = lock_project(project)
    user = check_answers_for(by, side, project, timezone.localdate(at))
    check_stage_is(project, *ANSWERED_AT)
    conversation, row = conversation_for(project, side, at=at)
    check_is_not_submitted(row)
    check_is_as_shown(conversation.asked, row, seen)
    check_answers_fit(conversation.asked, answers)
    conversation.save()
    row.answers, row.version, row.saved_at, row.saved_by = answers, row.version + 1, at, user
    row.full_clean()
    row.save()
    return row

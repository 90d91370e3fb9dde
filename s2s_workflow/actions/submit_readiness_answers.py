from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models import ReadinessAnswers, SupportProject
from s2s_workflow.policies import NotReady, check_stage_is, lock_project
from s2s_workflow.readiness import ANSWERED_AT, check_answers_for, people_of_both_sides, sides_in, themes_without_a_place
from s2s_workflow.readiness_rules import check_is_as_shown, check_is_not_submitted, conversation_for
from s2s_workflow.telling import NEWS, staff_of, tell

SUBMITTED = {
    ReadinessSide.LEADER: N_("The system leaders answered the readiness questions."),
    ReadinessSide.SCHOOL: N_("The supported school answered the readiness questions."),
}
BOTH_ARE_IN = N_("Both sides answered the readiness questions. See where you differ before the initial meeting.")


@action
def submit_readiness_answers(*, project: SupportProject, side: ReadinessSide, seen: str, by: By, at: datetime) -> ReadinessAnswers:
    """
    Submit what a side has saved: it does not change any more. With the second side both are opened to both, and to staff (P5).

    `seen` is the fingerprint of what was shown. Raises `PermissionDenied` unless by a person of the side, `NotNow`,
    `AlreadySubmitted`, `AnswersChanged`, and `NotReady` while a theme has no place.
    """
    project = lock_project(project)
    user = check_answers_for(by, side, project, timezone.localdate(at))
    check_stage_is(project, *ANSWERED_AT)
    conversation, row = conversation_for(project, side, at=at)
    check_is_not_submitted(row)
    check_is_as_shown(conversation.asked, row, seen)
    if themes_without_a_place(conversation.asked, row.answers):
        raise NotReady(_("Say for every theme where you stand, and save it, before you submit."))
    row.submitted_at, row.submitted_by = at, user
    row.full_clean()
    row.save()
    record_event(project.case, SUBMITTED[side], by=by, at=at)
    if sides_in(project) == set(ReadinessSide):
        conversation.opened_at = at
        conversation.save()
        record_event(project.case, N_("Both sides see each other’s answers to the readiness questions."), by=by, at=at)
        tell(project, [*people_of_both_sides(project, timezone.localdate(at)), *staff_of(project)], BOTH_ARE_IN, at=at, kind=NEWS)
    synchronise_turns(project.case, at=at)
    return row

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from common.moderation import MayNotDecide
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Party
from s2s_workflow.models import GroupOpinion, SupportProject
from s2s_workflow.models.documents import check_is_not_tied
from s2s_workflow.opinions import (
    EVALUATION_WAITS,
    current_round,
    document_of,
    is_before_the_group,
    quorum_of,
    verdict_on,
)
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, lock_project
from s2s_workflow.telling import tell, tell_of_a_refused_fast_track


class ViewGiven(Refusal):
    """The member has given a view in this round."""


@action
def give_opinion(
    *, project: SupportProject, subject: GroupSubject, rationale: str, by: By, at: datetime, supports: bool | None = None
) -> GroupOpinion:
    """
    Give one's view as a member of the working group, or, with `supports=None`, declare a conflict and take no part (W3).

    Raises `PermissionDenied`, `NotNow` when the subject is not before the group, `MayNotDecide` for the author of the
    document and for people of the project's schools, `ViewGiven`, and `ValidationError` without a rationale.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.WORKING_GROUP, project, timezone.localdate(at))
    if not is_before_the_group(project, subject):
        raise NotNow(_("This is not before the working group now."))
    document = document_of(project, subject)
    if supports is not None and document is not None and user.pk in document.author_ids():
        raise MayNotDecide(_("You wrote this, so you take no part in its review."))
    if supports is not None:
        check_is_not_tied(project, user)
    round_ = current_round(project, subject)
    if GroupOpinion.objects.filter(project=project, subject=subject, round=round_, member=user).exists():
        raise ViewGiven(_("You have given your view already."))
    opinion = GroupOpinion(
        project=project,
        subject=subject,
        round=round_,
        member=user,
        has_conflict=supports is None,
        supports=supports,
        rationale=rationale,
        given_at=at,
    )
    opinion.full_clean()
    opinion.save()
    if opinion.has_conflict:
        take_no_part(project=project, details=rationale, by=by, at=at)
    else:
        record_event(project.case, N_("A member of the working group gave a view."), by=by, at=at)
        _ask_the_reviewers(project, opinion, at)
        tell_of_a_refused_fast_track(project, at=at)
        synchronise_turns(project.case, at=at)
    return opinion


def _ask_the_reviewers(project: SupportProject, opinion: GroupOpinion, at: datetime) -> None:
    """The view that makes the quorum opens the evaluation to its reviewers (E2)."""
    if opinion.subject == GroupSubject.EVALUATION and len(verdict_on(project, GroupSubject.EVALUATION).counted) == quorum_of(project):
        tell(project, project.evaluation.deciders(), EVALUATION_WAITS, at=at)

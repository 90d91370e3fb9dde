from datetime import datetime

from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from common.in_words import day_to_keep
from diary.actions.release_halves import release_halves
from diary.enums import SourceKind
from s2s_workflow.actions.plan_visit import check_may_plan
from s2s_workflow.enums import Stage, VisitState
from s2s_workflow.models import Visit
from s2s_workflow.policies import NotNow, check_reason, lock_project
from s2s_workflow.team import asking_again_if_changed


class VisitIsOver(Refusal):
    """The visit was noted or cancelled."""


@action
def cancel_visit(*, visit: Visit, by: By, at: datetime, reason: str = "") -> Visit:
    """
    Cancel a planned visit and give its half days back to the diary (D1). A timetable that the school had accepted, and has not signed
    yet, is put to it again.

    Raises `PermissionDenied` as `plan_visit` does, `NotNow` while the agreement is up for signature, `VisitIsOver`, and
    `ValidationError` without a reason.
    """
    project = lock_project(visit.deployment.project)
    check_may_plan(visit.deployment, by=by, at=at)
    check_reason(reason)
    if project.stage == Stage.AWAITING_SIGNATURE:
        raise NotNow(_("The agreement is up for signature, with this visit in it. Ask for a change of it first."))
    with asking_again_if_changed(project, by=by, at=at):
        visit = drop_visit(visit, by=by, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    return visit


def drop_visit(visit: Visit, *, by: By, at: datetime, reason: str) -> Visit:
    """What every cancelling shares. Part of an action that holds the project and has checked who acts. Raises `VisitIsOver`."""
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("deployment__project__case", "deployment__leader__user")
        .get(pk=visit.pk)
    )
    if visit.state != VisitState.PLANNED:
        raise VisitIsOver(_("This visit was noted or cancelled already."))
    visit.state = VisitState.CANCELLED
    visit.save()
    release_halves(kind=SourceKind.VISIT, reference=visit.diary_reference, by=by, at=at, reason=reason)
    record_event(
        visit.deployment.project.case,
        N_("The visit of %(leader)s on %(day)s was cancelled."),
        by=by,
        at=at,
        reason=reason,
        public=True,
        leader=str(visit.deployment.leader),
        day=day_to_keep(visit.visit_date),
    )
    return visit

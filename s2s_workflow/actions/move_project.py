from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from cases.events import N_, record_event
from cases.policies import lock_case
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from s2s_workflow.enums import PUBLIC_STATUS, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.money import settle_refund
from s2s_workflow.permissions import move_for
from s2s_workflow.policies import check_move_is_listed, check_move_is_ready


@action
def move_project(*, project: SupportProject, to: Stage, by: By, at: datetime, reason: str = "") -> SupportProject:
    """
    Make one listed move: the only writer of a project's stage.

    Raises `IllegalMove` for a move that is not in the table, `PermissionDenied` for somebody who may not make it,
    `NotReady` saying what is missing, `ValidationError` without a reason where the move needs one. Any of them
    leaves everything as it was. At the end of the delivery it fixes what is refunded (D4).
    """
    lock_case(project.case)
    project = SupportProject.objects.select_for_update(of=("self",)).select_related("case").get(pk=project.pk)
    move = move_for(by, check_move_is_listed(project, to), project, timezone.localdate(at))
    check_move_is_ready(project, move, reason)
    before = Stage(project.stage)
    project.stage, project.stage_since = to, at
    if move.fast_track:
        project.fast_tracked_at, project.fast_tracked_by = at, Actor.of(by).user
    if to == Stage.FINAL_REVIEW_DUE:
        settle_refund(project)
    project.save()
    case = project.case
    if case.public_status != PUBLIC_STATUS[to]:
        case.public_status = PUBLIC_STATUS[to]
        case.save()
    with translation.override(None):
        labels: dict[str, Any] = {"before_label": str(before.label), "after_label": str(to.label)}
    record_event(case, N_("The project moved from “%(before_label)s” to “%(after_label)s”."), by=by, at=at, reason=reason, **labels)
    synchronise_turns(case, at=at)
    return project

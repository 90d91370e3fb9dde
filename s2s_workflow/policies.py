"""When something may be done."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.policies import lock_case
from common.actions import IllegalMove, Refusal
from s2s_workflow.enums import AMENDED_AT, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.parties import amendment_is_drafted
from s2s_workflow.transitions import Move, missing_for, moves_to


class OwnerHasConflict(Refusal):
    """The person declared a tie to the school (W3)."""


class NotReady(Refusal):
    """The move is listed, but something has to be done first."""


class NotNow(Refusal):
    """The project is not at a stage at which this is done."""


def lock_project(project: SupportProject) -> SupportProject:
    """Read the project again, locked with its case until the transaction ends: one change at a time."""
    lock_case(project.case)
    return SupportProject.objects.select_for_update(of=("self",)).select_related("case__supported_school", "case__owner").get(pk=project.pk)


def check_move_is_listed(project: SupportProject, target: Stage) -> list[Move]:
    moves = moves_to(project, target)
    if not moves:
        raise IllegalMove(
            _("A project that is “%(now)s” cannot become “%(then)s”.") % {"now": project.get_stage_display(), "then": target.label}
        )
    return moves


def check_move_is_ready(project: SupportProject, move: Move, reason: str) -> None:
    missing = missing_for(move, project)
    if missing:
        raise NotReady(" ".join(missing))
    check_reason(reason, needed=move.reason)


def check_stage_is(project: SupportProject, *stages: Stage) -> None:
    """Raise `NotNow` at any other stage."""
    if project.stage not in stages:
        raise NotNow(_("This is not done while the project is “%(stage)s”.") % {"stage": project.get_stage_display()})


def check_amendment_is_drafted(project: SupportProject) -> None:
    """
    Raise `NotNow` unless an amendment is begun and not up for signature.

    What all are asked to sign is not changed under them: a change request comes first.
    """
    check_stage_is(project, *AMENDED_AT)
    if not project.amending_at:
        raise NotNow(_("The agreement is signed. Begin an amendment of it first."))
    if not amendment_is_drafted(project):
        raise NotNow(_("The amendment is up for signature. Ask for a change of it first."))


def check_reason(reason: str, *, needed: bool = True) -> None:
    if needed and not reason.strip():
        raise ValidationError({"reason": _("Give a reason.")})

"""What every change of the team shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from cases.events import N_, record_event
from common.actions import Actor, By, Refusal
from s2s_workflow.arrangements import fingerprint_of
from s2s_workflow.enums import ARRANGED_AT, DeploymentState
from s2s_workflow.models import Deployment, SupportProject
from s2s_workflow.policies import lock_project
from s2s_workflow.telling import staff_of, tell


class DeploymentMovedOn(Refusal):
    """Somebody decided on the deployment meanwhile."""


DEPLOYMENT_MOVES = {
    DeploymentState.PROPOSED: (DeploymentState.RELEASED, DeploymentState.DECLINED, DeploymentState.ENDED),
    DeploymentState.RELEASED: (DeploymentState.APPROVED, DeploymentState.ENDED),
    DeploymentState.APPROVED: (DeploymentState.ENDED, DeploymentState.COMPLETED),
}
"""State → the states that may follow."""


def lock_deployment(deployment: Deployment, to: DeploymentState) -> Deployment:
    """
    Read the deployment again, locked with its project, for a change of state.

    Raises `DeploymentMovedOn` when the table does not list the change.
    """
    lock_project(deployment.project)
    found = Deployment.objects.select_related("project__case__supported_school", "leader__user", "supporting_school")
    deployment = found.select_for_update(of=("self",)).get(pk=deployment.pk)
    if to not in DEPLOYMENT_MOVES.get(DeploymentState(deployment.state), ()):
        raise DeploymentMovedOn(
            _("The deployment of %(leader)s is “%(state)s”, so nothing was changed.")
            % {"leader": deployment.leader, "state": deployment.get_state_display()}
        )
    return deployment


def ask_for_acceptance_again(project: SupportProject) -> None:
    """A team or costs that changed are presented and accepted anew. Part of an action that holds the project."""
    project.costs_presented_at = project.costs_presented_by = None
    project.team_accepted_at = project.team_accepted_by = None
    project.save()
    project.forget_team()


def is_accepted(project: SupportProject) -> bool:
    """Whether the school accepted team, timetable and costs, and has not signed for them yet: it is asked again when they change."""
    return project.team_accepted_at is not None and project.stage in ARRANGED_AT


@contextmanager
def asking_again_if_changed(project: SupportProject, *, by: By, at: datetime) -> Iterator[None]:
    """
    What is done inside and changes what the school accepted is presented to it and accepted anew (W5).

    Part of an action that holds the project. Nothing is asked where nothing was accepted, or nothing of it is changed.
    """
    accepted = fingerprint_of(project) if is_accepted(project) else None
    yield
    project.forget_team()
    if accepted is None or accepted == fingerprint_of(project):
        return
    ask_for_acceptance_again(project)
    record_event(project.case, N_("What the school had accepted was changed, so the school is asked again."), by=by, at=at, public=True)
    others = [person for person in staff_of(project) if person != Actor.of(by).user]
    tell(project, others, N_("A team or timetable that a school had accepted was changed. Please present it again."), at=at)

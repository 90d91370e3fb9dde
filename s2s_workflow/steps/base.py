"""The steps of a support project: those of the portal, offered at some of its stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from alliance.models import User
from portal import steps as portal_steps
from portal.steps import Belongs
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import belongs_to


class StepForm(portal_steps.StepForm):
    """The form of a step on a project, or on one thing of it."""

    @property
    def project(self) -> SupportProject:
        project: SupportProject = self.subject
        return project


@dataclass(frozen=True)
class Doing(portal_steps.Doing):
    @property
    def project(self) -> SupportProject:
        project: SupportProject = self.subject
        return project


def party(*parties: Party) -> Belongs:
    """Whoever belongs to one of the parties of the table of moves."""

    def belongs(user: User, project: SupportProject, target: Any, on: date) -> bool:
        return any(belongs_to(user, one, project, on) for one in parties)

    return belongs


@dataclass(frozen=True)
class Step(portal_steps.Step):
    """A step that is offered while the project is at one of its `stages`."""

    form: type[portal_steps.StepForm] = StepForm
    stages: tuple[Stage, ...] = tuple(Stage)

    namespace: ClassVar[str] = "s2s_workflow"
    doing: ClassVar[type[portal_steps.Doing]] = Doing

    def is_offered(self, subject: Any, target: Any = None) -> bool:
        return subject.stage in self.stages and super().is_offered(subject, target)

"""Who reads a tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliance.models import User
from s2s_workflow.models import SupportProject
from s2s_workflow.standing import Standing


@dataclass(frozen=True)
class Reader:
    """The reader of a tab, what they are to its project, and today."""

    user: User
    project: SupportProject
    standing: frozenset[Standing]
    today: date

    def is_any(self, *standings: Standing) -> bool:
        return not self.standing.isdisjoint(standings)

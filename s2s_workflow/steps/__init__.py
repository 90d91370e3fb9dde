"""Everything people do on a project. Each module of the package has a list of `STEPS`."""

from __future__ import annotations

from datetime import date

from alliance.models import User
from portal.steps import Offer, offers_of
from s2s_workflow.models import SupportProject
from s2s_workflow.steps import (
    agreement,
    amendments,
    costs,
    documents,
    ending,
    exits,
    group,
    meeting,
    moves,
    readiness,
    reviews,
    team,
    triage,
    visits,
)
from s2s_workflow.steps.base import Step

STEPS: dict[str, Step] = {
    step.slug: step
    for module in (triage, moves, readiness, meeting, agreement, amendments, visits, reviews, exits, ending, team, costs, documents, group)
    for step in module.STEPS
}


def offers_to(user: User, project: SupportProject, on: date, *, tab: str = "") -> list[Offer]:
    """The steps that are open to somebody now, in the order of the lists; of one tab, if it is named."""
    at_this_stage = [step for step in STEPS.values() if project.stage in step.stages]
    return offers_of(at_this_stage, user, project, on, tab=tab)

"""Turns of one person or side of a project, as several stages want them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alliance.enums import Power
from cases.enums import Side
from cases.turns import TurnWanted
from s2s_workflow.models import SupportProject


def head_turn(project: SupportProject, key: str, sentence: str, tab: str) -> Iterator[TurnWanted]:
    """For the head of the supported school."""
    if school := project.case.supported_school:
        yield TurnWanted(key, Side.SCHOOL, sentence, school=school, power=Power.SIGN, tab=tab)


def lead_turn(
    project: SupportProject, key: str, sentence: str, tab: str, *, values: dict[str, Any] | None = None, due_on: date | None = None
) -> Iterator[TurnWanted]:
    """For the named lead of the team; for alliance staff, who stand in, where there is none or the account is off."""
    lead = project.named_lead()
    if lead and lead.leader.user.is_active:
        yield TurnWanted(key, Side.PERSON, sentence, values or {}, lead.leader.user, tab=tab, due_on=due_on)
    else:
        yield TurnWanted(key, Side.ALLIANCE, sentence, values or {}, tab=tab, due_on=due_on)

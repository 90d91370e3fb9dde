"""Every stage × stage × role: listed moves work for those listed, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from alliance.roles import Role
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.actions.close_case import close_case
from cases.actions.withdraw_case import withdraw_case
from cases.enums import PublicStatus
from common.actions import Actor, IllegalMove
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.policies import NotReady
from s2s_workflow.transitions import MOVES
from tests.conftest import NOON
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import FULL, MAIN_LINE, SHORT, Cast

pytestmark = pytest.mark.django_db
HOLDER = Actor.link_holder("Sam Requester")

WHO = {
    Party.STAFF: {"lead", "broker", "superuser"},
    Party.S2S_LEAD: {"lead", "superuser"},
    Party.REQUESTER: {"head", "nominated lead", "holder of the link"},
    Party.EITHER_SIDE: {"lead", "broker", "superuser", "head", "nominated lead", "holder of the link"},
    Party.WORKING_GROUP: {"working group", "superuser"},
    Party.NAMED_LEAD: {"named lead"},
    Party.NAMED_LEAD_OR_STAFF: {"named lead", "lead", "broker", "superuser"},
    Party.SUPPORTED_HEAD: {"head"},
    Party.NAMED_LEAD_OR_SUPPORTED_HEAD: {"named lead", "head"},
    Party.SUPPORTED_HEAD_OR_S2S_LEAD: {"head", "lead", "superuser"},
    Party.ANY_SIGNATORY: {"head", "supporting head", "lead", "superuser"},
    Party.REVIEWER: {"reviewer", "superuser"},
    Party.SYSTEM: {"job"},
}
"""The policy, written out: who belongs to each party."""


def everybody(cast: Cast) -> dict[str, Any]:
    return {
        "lead": cast.lead,
        "broker": cast.broker,
        "superuser": make_user(is_superuser=True),
        "working group": cast.group[0],
        "finance": cast.finance,
        "editor": make_user(Role.EDITOR),
        "reviewer": cast.reviewer,
        "steering group": make_user(Role.STEERING_GROUP),
        "head": cast.head,
        "nominated lead": make_head(cast.school, kind="nominated-lead"),
        "unverified head": make_head(cast.school, verified=False),
        "chair of governors": make_head(cast.school, kind="chair-of-governors"),
        "supporting head": cast.supporting_head,
        "head of another school": make_head(make_school()),
        "named lead": cast.leader.user,
        "holder of the link": HOLDER,
        "job": Actor.job("some job"),
    }


def facts(project: SupportProject) -> tuple[Any, ...]:
    """What a refused move must leave as it was."""
    project = SupportProject.objects.select_related("case").get(pk=project.pk)
    return project.stage, project.case.public_status, project.case.events.count(), project.history.count()


def check_every_move(cast: Cast, people: dict[str, Any]) -> set[tuple[Stage, Stage]]:
    """Try each target as each person where the project stands now; returns the moves that were ready and worked."""
    project, worked = cast.fresh(), set()
    before = facts(project)
    listed: dict[Stage, set[str]] = {}
    for move in MOVES:
        if move.source == project.stage and move.applies_to(project):
            listed.setdefault(move.target, set()).update(WHO[move.by])
    for target in Stage:
        for name, by in people.items():
            expected: tuple[type[Exception], ...] = (IllegalMove,)
            if target in listed:
                expected = (NotReady,) if name in listed[target] else (PermissionDenied,)
            try:
                with transaction.atomic():
                    move_project(project=project, to=target, by=by, at=NOON, reason="Because.")
                    assert (target in listed, facts(project)[0]) == (True, target), f"{name} moved {before[0]} to {target}"
                    worked.add((Stage(before[0]), target))
                    transaction.set_rollback(True)
            except expected:
                pass
            except (IllegalMove, PermissionDenied, NotReady) as other:
                pytest.fail(f"{before[0]} to {target} by {name}: {other!r}, not {expected}")
    assert facts(project) == before
    return worked


def ask(cast: Cast) -> None:
    cast.question = ask_question(case=cast.project.case, text="How many?", by=cast.broker, at=NOON)  # type: ignore[attr-defined]


def answer(cast: Cast) -> None:
    answer_question(question=cast.question, text="Two", by=HOLDER, at=NOON)  # type: ignore[attr-defined]


def end(status: PublicStatus) -> Callable[[Cast], None]:
    return lambda cast: close_case(case=cast.fresh().case, status=status, reason="No.", by=cast.lead, at=NOON) and None


def withdraw(cast: Cast) -> None:
    withdraw_case(case=cast.fresh().case, reason="We found help.", by=HOLDER, at=NOON)


MAIN = dict(MAIN_LINE)
FULL_WAY: list[Callable[[Cast], Any]] = [
    lambda cast: cast.project,
    ask,
    answer,
    Cast.start_due_diligence,
    Cast.submit_report,
    Cast.recommend,
    *(MAIN[stage] for stage in list(MAIN)[1:6]),
    Cast.review_mid_term,
    Cast.agree_mid_term,
    Cast.end_delivery,
    Cast.submit_evaluation,
    Cast.return_evaluation,
    Cast.submit_evaluation,
    *(MAIN[stage] for stage in list(MAIN)[8:]),
]
SHORT_WAY = [*(MAIN[stage] for stage in list(MAIN)[:6]), Cast.exit, Cast.end_delivery]
ENDS: list[list[Callable[[Cast], Any]]] = [
    [lambda cast: cast.project, end(PublicStatus.DECLINED)],
    [lambda cast: cast.project, end(PublicStatus.REFERRED)],
    [lambda cast: cast.project, withdraw],
]


@pytest.mark.parametrize(("rules", "way"), [(FULL, FULL_WAY), (SHORT, SHORT_WAY), *((SHORT, way) for way in ENDS)])
def test_every_move_as_everybody(rules, way):
    cast = Cast(rules=rules)
    people = everybody(cast)
    seen: list[Stage] = []

    for step in way:
        step(cast)
        stage = Stage(cast.fresh().stage)
        if stage not in seen:
            check_every_move(cast, people)
            seen.append(stage)

    assert len(seen) >= len(way) - 3


def test_every_stage_is_on_a_way():
    """The ways above pass through every stage, so that no stage is left untried."""
    stages = {
        Stage.SUBMITTED,
        Stage.DECLINED,
        Stage.REFERRED,
        Stage.WITHDRAWN,
        Stage.MID_TERM_REVIEW,
        Stage.EXITING,
        Stage.CHANGES_REQUESTED,
    }
    stages |= {Stage.TRIAGE, Stage.MORE_INFORMATION, Stage.DUE_DILIGENCE, Stage.WORKING_GROUP_REVIEW}

    assert stages | set(MAIN) == set(Stage)


def test_a_move_that_wants_a_reason_is_refused_without_one():
    cast = Cast()
    before = facts(cast.project)

    with pytest.raises(ValidationError):
        move_project(project=cast.project, to=Stage.DECLINED, by=cast.lead, at=NOON, reason=" ")

    assert facts(cast.project) == before

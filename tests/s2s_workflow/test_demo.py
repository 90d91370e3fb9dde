"""The demo has a project in brokering: one leader is released, the other's head is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alliance.roles import Role
from common.demo import World
from s2s_workflow.demo import load_demo
from s2s_workflow.enums import Stage
from s2s_workflow.models import SupportProject
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db


def test_demo_has_a_project_in_brokering_with_one_release_waiting():
    school = make_school(name="Supporting School")
    people = {"lead": make_user(Role.S2S_LEAD), "broker": make_user(Role.BROKER), "supportinghead": make_head(school)}
    leaders = {name: SystemLeaderFactory(supporting_school=school) for name in ("leader", "leader2")}
    case = make_case(make_school())
    case.opened_at = NOON - timedelta(days=24)
    case.save()

    load_demo(World(today=NOON.date(), now=NOON, people=people, leaders=leaders, cases={"brokering": [case]}))

    project = SupportProject.objects.get(case=case)
    assert (project.stage, [deployment.state for deployment in project.team()]) == (Stage.BROKERING, ["APPROVED", "PROPOSED"])
    turns = {str(turn): turn.school for turn in case.turns.open()}
    assert turns == {f"Say whether you release {leaders['leader2']}": school, "Put the team together": None}
    assert max(event.happened_at for event in case.events.all()) <= NOON

"""A project walks through every stage of the table, under either kind of protocol."""

from __future__ import annotations

import pytest

from cases.enums import PublicStatus
from s2s_workflow.enums import Stage
from tests.factories.projects import FULL, MAIN_LINE, SHORT, Cast, reach

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rules", [SHORT, FULL], ids=["short", "full"])
def test_a_project_walks_from_triage_to_closed(rules):
    cast = Cast(rules=rules)

    project = reach(cast, Stage.CLOSED)

    case = project.case
    assert (case.public_status, case.closed_at is not None, list(case.turns.open())) == (PublicStatus.COMPLETED, True, [])
    walked = list(project.history.order_by("history_date", "history_id").values_list("stage", flat=True))
    stages = [stage for number, stage in enumerate(walked) if number == 0 or stage != walked[number - 1]]
    assert [stage for stage in stages if stage in dict(MAIN_LINE)] == [stage for stage, _step in MAIN_LINE]

"""A request that never became a project names nobody any more some time after its end; a project is a record, however it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions.close_case import close_case
from cases.actions.withdraw_case import withdraw_case
from cases.enums import PublicStatus
from common.actions import Actor
from common.retention import delete_what_is_over
from s2s_workflow.enums import Stage
from s2s_workflow.models import SupportProject
from tests.conftest import NOON
from tests.factories.projects import Cast, at_stage

pytestmark = pytest.mark.django_db
HOLDER = Actor.link_holder("Sam Requester")
YEARS_LATER = NOON + timedelta(days=2000)


def test_a_request_that_was_declined_in_triage_names_nobody_any_more():
    cast = Cast()
    case = close_case(case=cast.fresh().case, status=PublicStatus.DECLINED, reason="Too far", by=cast.lead, at=NOON)

    delete_what_is_over(YEARS_LATER)

    case.refresh_from_db()
    assert (case.contact_name, cast.fresh().stage) == ("Erased person", Stage.DECLINED)
    rows = SupportProject.history.filter(case=case)
    assert {row.history_change_reason for row in rows} & {"Too far"} == set()
    assert str(cast.broker) in {row.history_actor for row in rows}


def test_a_project_that_was_withdrawn_while_a_team_was_sought_is_kept_as_it_is():
    cast = at_stage(Stage.BROKERING)
    case = withdraw_case(case=cast.fresh().case, reason="We found help", by=HOLDER, at=NOON)

    delete_what_is_over(YEARS_LATER)

    case.refresh_from_db()
    assert case.contact_name == "Sam Requester"
    assert "We found help" in {row.history_change_reason for row in SupportProject.history.filter(case=case)}

"""Visits in the calendar of leaders: staff tied to a case learn only that the half is taken; the leader finds their way to the case."""

from __future__ import annotations

import pytest

from alliance.roles import Role
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.enums import Stage
from tests.conftest import NOON
from tests.factories.people import make_user
from tests.factories.projects import VISIT_ON, Cast, at_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(time_machine) -> Cast:
    """A team that was put together, with a visit in the morning of `VISIT_ON`."""
    time_machine.move_to(NOON)
    return at_stage(Stage.TEAM_AGREED)


def slots(client, **asked):
    page = client.get("/portal/calendar/", {"day": VISIT_ON.isoformat(), **asked}).context["page"]
    return [(one.half.value, one.label, one.case.reference if one.case else "") for row in page for one in row.taken]


def test_staff_barred_from_a_case_see_only_that_the_half_is_taken(client, planned):
    case, tied = planned.project.case, make_user(Role.S2S_LEAD)
    declare_interests(case=case, has_conflict=True, details="I was a governor there.", by=tied, at=NOON)
    found, pages = [], []
    for person in (planned.broker, tied):
        client.force_login(person)
        found.append((slots(client), slots(client, kind="VISIT")))
        asked = [{"view": view, "layout": layout} for view in ("week", "month") for layout in ("grid", "list")]
        addresses = ["/portal/calendar/"] * 4 + ["/portal/calendar/export.csv"]
        answers = [client.get(to, {"day": VISIT_ON.isoformat(), **more}) for to, more in zip(addresses, [*asked, {}], strict=True)]
        pages.append([(case.reference in page, planned.school.name in page) for page in (answer.content.decode() for answer in answers)])

    visit = [("AM", "Visit", case.reference)]
    assert found == [(visit, visit), ([("AM", "Taken", "")], [])]
    assert pages == [[(True, True)] * 5, [(False, False)] * 5]


def test_a_leader_finds_the_way_from_their_diary_to_the_case(client, planned):
    client.force_login(planned.leader.user)

    assert slots(client) == [("AM", "Visit", planned.project.case.reference)]

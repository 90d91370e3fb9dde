"""The case page takes at most 40 queries on every tab and lists at most 20, however long they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.send_message import send_message
from cases.enums import Direction
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import Stage
from s2s_workflow.models import Visit
from s2s_workflow.standing import TABS
from tests.conftest import NOON
from tests.factories.projects import FULL, LATER, VISIT_ON, Cast, reach

pytestmark = pytest.mark.django_db
CASE_PAGE, LIST = 40, 20


def make_once() -> Cast:
    cast = Cast(rules=FULL)
    cast.half_days = 20
    reach(cast, Stage.ACTIVE)
    cast.note_visit()
    send_message(case=cast.fresh().case, direction=Direction.INTERNAL, text="A note", by=cast.broker, at=NOON)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def queries_of(client, address: str) -> int:
    client.get(address)  # what a process remembers is remembered now
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def lengthen(cast: Cast) -> None:
    """More visits, notes and messages than one."""
    for number in range(1, 6):
        day = VISIT_ON + timedelta(days=number)
        visit = plan_visit(deployment=cast.deployment, visit_date=day, half="AM", by=cast.broker, at=NOON)
        if number % 2:
            texts = {"action_taken": "a", "impact": "b", "next_steps": "c", "evidence": {}}
            write_note(visit=Visit.objects.get(pk=visit.pk), **texts, by=cast.leader.user, at=LATER + timedelta(days=number))
        send_message(case=cast.fresh().case, direction=Direction.INTERNAL, text="A note", by=cast.broker, at=NOON)


@pytest.mark.parametrize("who", ["lead", "head", "leader", "supporting_head"])
def test_every_tab_keeps_to_its_budget_whatever_its_length(client, cast, who):
    person = cast.leader.user if who == "leader" else getattr(cast, who)
    client.force_login(person)
    base = f"/portal/cases/{cast.project.case.reference}/"
    first = client.get(base)
    addresses = [base if not tab.slug else f"{base}{tab.slug}/" for tab in first.context["tabs"]]

    short = {address: queries_of(client, address) for address in addresses}
    lengthen(cast)
    long = {address: queries_of(client, address) for address in addresses}

    assert {address: number for address, number in short.items() if number > CASE_PAGE} == {}
    assert {address: (short[address], number) for address, number in long.items() if number > short[address]} == {}


def test_lists_keep_to_their_budget(client, cast):
    people = {
        "lead": cast.lead, "head": cast.head, "leader": cast.leader.user, "supporting": cast.supporting_head, "group": cast.group[0],
        "finance": cast.finance,
    }  # fmt: skip
    found = {}
    for name, person in people.items():
        client.force_login(person)
        for address in ("/portal/cases/", "/portal/"):
            found[name, address] = queries_of(client, address)

    assert {where: number for where, number in found.items() if number > LIST} == {}


def test_every_tab_of_the_plugin_was_looked_at(client, cast):
    client.force_login(cast.lead)
    slugs = {tab.slug for tab in client.get(f"/portal/cases/{cast.project.case.reference}/").context["tabs"]}
    assert set(TABS) <= slugs

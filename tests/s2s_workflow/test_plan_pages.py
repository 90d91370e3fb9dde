"""The action plan in the portal: its rows, sent in, decided on, and read by whom it concerns."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import User
from common.moderation import decide_on_document
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.write_plan import Objective, write_plan
from s2s_workflow.enums import Stage
from s2s_workflow.models import ActionPlan
from s2s_workflow.policies import NotReady
from s2s_workflow.steps import offers_to
from tests.conftest import NOON
from tests.factories.projects import Cast, at_stage
from tests.s2s_workflow.document_pages import login, page_of, seen, send, tab, turns_of

pytestmark = pytest.mark.django_db
ROW = {"objective": "Read better", "measure": "Reading age", "baseline": "7.2", "target": "8.0", "owner": "Reading lead"}


def row(number: int, **values: str) -> dict[str, str]:
    due = {f"due_on_{number}_day": "26", f"due_on_{number}_month": "3", f"due_on_{number}_year": "2027"}
    return {**{f"{name}_{number}": value for name, value in {**ROW, **values}.items()}, **due}


def make_once() -> Cast:
    return at_stage(Stage.INITIAL_MEETING_HELD)


@pytest.fixture
def met(made: Cast) -> Cast:
    return made


def ids(plan: ActionPlan) -> dict[str, str]:
    return {block.value["objective"]: block.id for block in plan.draft.objectives}


def test_plan_has_a_button_for_another_objective_that_saves_nothing(met):
    response = send(met.leader.user, met, "write-plan", seen=0, rows=1, add="1", schedule="Weekly", exit_arrangements="", **row(0))

    page = response.content.decode()
    assert ('name="objective_1"' in page, "Read better</textarea>" in page, "There is a problem" in page) == (True, True, False)
    assert ('name="rows" value="2"' in page, ActionPlan.objects.exists()) == (True, False)


def test_plan_keeps_the_ids_of_its_objectives_and_loses_those_removed(met):
    lead = met.leader.user
    send(lead, met, "write-plan", seen=0, rows=2, schedule="", exit_arrangements="", **row(0), **row(1, objective="Write better"))
    plan = ActionPlan.objects.get()
    before = ids(plan)
    changed = {**row(0), "id_0": before["Read better"], "remove_0": "on", **row(1, objective="Write well"), "id_1": before["Write better"]}

    send(
        lead,
        met,
        "write-plan",
        seen=seen(plan),
        rows=3,
        schedule="Weekly",
        exit_arrangements="A month",
        **changed,
        **row(2, objective="Sums"),
    )

    after = ids(ActionPlan.objects.get())
    assert (list(after), after["Write well"], len(set(after.values()))) == (["Write well", "Sums"], before["Write better"], 2)


def test_plan_takes_no_id_that_is_not_its_own(met):
    send(met.leader.user, met, "write-plan", seen=0, rows=1, schedule="", exit_arrangements="", **row(0), id_0="invented")

    assert "invented" not in ids(ActionPlan.objects.get()).values()


def test_half_an_objective_is_saved_and_what_it_lacks_is_said_before_it_is_sent_in(met):
    lead = met.leader.user
    typed = {"objective_0": "Read better", "measure_0": "Reading age", "owner_0": "Reading lead"}
    send(lead, met, "write-plan", seen=0, rows=1, schedule="Weekly", exit_arrangements="A month", **typed)
    listed, offered = tab(lead, met), "send-plan" in {one.slug for one in offers_to(lead, met.fresh(), NOON.date(), tab="documents")}
    written = page_of(lead, met, "write-plan").content.decode()
    with pytest.raises(NotReady) as refused:
        submit_plan(project=met.fresh(), by=lead, at=NOON)

    lacks = "Objective 1 of the action plan lacks: “Where it stands”, “Target”, “By”."
    assert (str(refused.value), lacks in listed, offered) == (lacks, True, False)
    assert ('value="Reading age"' in written, 'name="due_on_0_day"' in written) == (True, True)


def test_no_part_of_a_plan_is_called_optional_since_all_are_needed_in_the_end(met):
    page = page_of(met.leader.user, met, "write-plan").content.decode()

    assert ("(optional)" in page, "every part is needed when you send it in" in page) == (False, True)


def test_a_day_that_is_no_day_is_refused_in_a_draft_too(met):
    data = {**row(0), "due_on_0_day": "31", "due_on_0_month": "2"}

    page = send(met.leader.user, met, "write-plan", seen=0, rows=1, schedule="", exit_arrangements="", **data).content.decode()

    assert ("Enter a real date" in page, ActionPlan.objects.exists()) == (True, False)


@pytest.mark.parametrize("rows", ["", "0", "many", "-1", "999"])
def test_a_plan_with_a_wrong_number_of_rows_is_refused_not_failed(met, rows):
    response = send(met.leader.user, met, "write-plan", seen=0, rows=rows, schedule="", exit_arrangements="", **row(0))

    assert (response.status_code, ActionPlan.objects.exists()) == (200, False)


def test_plan_is_sent_in_returned_and_agreed(met):
    met.write_plan()
    lead = met.leader.user
    assert "plan" in turns_of(lead, met)
    send(lead, met, "send-plan")
    plan = met.fresh().plan
    assert ("plan-review" in turns_of(met.lead, met), page_of(lead, met, "decide-plan").status_code) == (True, 403)

    refused = send(met.lead, met, "decide-plan", decision="return", comment="", seen=seen(plan)).content.decode()
    send(met.lead, met, "decide-plan", decision="return", comment="Name a target.", seen=seen(plan))
    came_back = tab(lead, met)
    send(lead, met, "send-plan")
    send(met.lead, met, "decide-plan", decision="approve", comment="", seen=seen(plan))

    assert ("Say what should change" in refused, "Name a target." in came_back, "It came back on" in came_back) == (True, True, True)
    assert met.fresh().plan.live


def test_plan_is_read_by_everybody_with_the_tab_once_it_was_sent_in(met):
    met.write_plan()
    readers = {"lead": met.lead, "leader": met.leader.user, "head": met.head, "supporting head": met.supporting_head}

    def reads() -> set[str]:
        return {who for who, user in readers.items() if "Read better" in tab(user, met)}

    drafted = reads()
    met.agree_plan()

    assert (drafted, reads()) == ({"lead", "leader"}, set(readers))


def test_what_was_not_read_is_not_decided_on(met):
    met.write_plan()
    send(met.leader.user, met, "send-plan")
    read = seen(met.fresh().plan)
    decide_on_document(document=met.fresh().plan, approve=False, reason="Fewer.", by=met.lead, at=NOON)
    other = [Objective("Something else", "m", "b", "t", "o", NOON.date())]
    write_plan(project=met.fresh(), objectives=other, schedule="s", exit_arrangements="e", by=met.broker, at=NOON)
    send(met.leader.user, met, "send-plan")

    response = send(met.lead, met, "decide-plan", decision="approve", comment="", seen=read)

    assert ("Another text was sent in since you opened this page" in response.content.decode(), met.fresh().plan.live) == (True, False)


def test_tab_costs_the_same_for_one_objective_and_for_ten(met):
    def queries(user: User) -> int:
        client = login(user)
        url = f"/portal/cases/{met.project.case.reference}/documents/"
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    def write(number: int) -> None:
        objectives = [Objective(f"Objective {n}", "m", "b", "t", "o", NOON.date()) for n in range(number)]
        write_plan(project=met.fresh(), objectives=objectives, schedule="s", exit_arrangements="e", by=met.broker, at=NOON)

    write(1)
    write(1)
    one = queries(met.lead)
    write(10)

    assert (queries(met.lead) == one, one <= 40) == (True, True), one

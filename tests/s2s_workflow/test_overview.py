"""The overview of a project's case: to each reader their own turns, and only endings that the table of moves lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from alliance.models import User
from alliance.roles import Role
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import EndingNotListed, close_case
from cases.enums import PublicStatus
from common.form_keys import new_form_key
from outbox.models import OutboxMessage
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Stage
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.kept import kept
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import FULL, SHORT, Cast, at_stage, reach, with_leader_proposed

pytestmark = pytest.mark.django_db

A_SCHOOL, THE_ALLIANCE = "A school has something to do", "The alliance is working on it and gets back to you"


def overview(client: Client, user: User, cast: Cast) -> Any:
    client.force_login(user)
    return client.get(f"/portal/cases/{cast.project.case.reference}/")


def next_rows(client: Client, user: User, cast: Cast) -> list[str]:
    return [row.sentence for row in overview(client, user, cast).context["turns"] if not row.turn.done_at]


def put_to_the_group(cast: Cast) -> None:
    cast.start_due_diligence()
    cast.submit_report()


@pytest.fixture
@kept
def brokering() -> Cast:
    """Two leaders were asked for, whose schools have not said whether they release them."""
    cast = with_leader_proposed()
    other = SystemLeaderFactory(user=make_user(), supporting_school=make_school(phase="PRIMARY"))
    present = cast.deployment
    propose_deployment(
        project=cast.fresh(),
        leader=other,
        remit="Reading",
        half_days=2,
        starts_on=present.starts_on,
        ends_on=present.ends_on,
        by=cast.broker,
        at=NOON,
    )
    return cast


def test_staff_read_every_turn(client, brokering):
    rows = next_rows(client, brokering.broker, brokering)

    assert [row for row in rows if "Say whether you release" in row] == [
        f"Say whether you release {deployment.leader}" for deployment in brokering.fresh().deployments.order_by("pk")
    ]


def test_school_that_is_asked_reads_its_own_turn_alone(client, brokering):
    rows = next_rows(client, brokering.supporting_head, brokering)

    assert rows == [f"Say whether you release {brokering.leader}", THE_ALLIANCE, A_SCHOOL]


def test_supported_school_reads_no_name_of_whoever_is_asked(client, brokering):
    page = overview(client, brokering.head, brokering).content.decode()

    assert next_rows(client, brokering.head, brokering) == [THE_ALLIANCE, A_SCHOOL]
    assert [str(deployment.leader) in page for deployment in brokering.fresh().deployments.all()] == [False, False]


def test_what_is_done_stands_there_for_whose_it_was(client):
    cast = at_stage(Stage.ACTIVE)

    done = {
        user: [row.sentence for row in overview(client, user, cast).context["turns"] if row.turn.done_at]
        for user in (cast.head, make_head(cast.school, kind="chair-of-governors"))
    }

    assert all("Say whether you accept the team" in " ".join(rows) for rows in done.values())
    assert not any(str(cast.leader) in " ".join(rows) for rows in done.values())


@pytest.mark.parametrize(
    ("stage", "lead_ends", "school_withdraws"),
    [
        (Stage.BROKERING, {"DECLINED", "REFERRED"}, True),
        (Stage.AWAITING_SIGNATURE, {"DECLINED", "REFERRED"}, True),
        (Stage.ACTIVE, set(), False),
    ],
)
def test_only_listed_endings_are_offered(client, stage, lead_ends, school_withdraws):
    cast = at_stage(stage)

    form = overview(client, cast.lead, cast).context["end_form"]
    page = overview(client, cast.head, cast).content.decode()

    assert ({value for value, _label in form.fields["status"].choices} if form else set()) == lead_ends
    assert ("Withdraw the request" in page) == school_withdraws


@pytest.mark.parametrize(
    ("rules", "stage", "status"),
    [
        (FULL, Stage.WORKING_GROUP_REVIEW, PublicStatus.DECLINED),
        (SHORT, Stage.ACTIVE, PublicStatus.DECLINED),
        (SHORT, Stage.ACTIVE, PublicStatus.COMPLETED),
        (SHORT, Stage.DISSEMINATED, PublicStatus.COMPLETED),
    ],
)
def test_an_end_that_is_not_offered_is_refused_in_words_and_changes_nothing(rules, stage, status):
    """Also to a lead who is in the working group: its decision, and the closing of a finished project, are steps of their own."""
    cast = Cast(rules=rules)
    if stage == Stage.WORKING_GROUP_REVIEW:
        put_to_the_group(cast)
        cast.give_views(GroupSubject.REVIEW)
    else:
        reach(cast, stage)
    if stage == Stage.DISSEMINATED:
        cast.approve_time()
        cast.invoice()
        cast.settle()
    cast.lead.groups.add(Group.objects.get(name=Role.WORKING_GROUP.group_name))
    lead, project = User.objects.get(pk=cast.lead.pk), cast.fresh()

    def facts() -> tuple[Any, ...]:
        now = cast.fresh()
        return (
            now.stage,
            now.case.public_status,
            now.case.closed_at,
            now.case.events.count(),
            now.history.count(),
            OutboxMessage.objects.count(),
        )

    before = facts()
    with pytest.raises(EndingNotListed, match=f"cannot be ended as “{status.label}”"):
        close_case(case=project.case, status=status, reason="Because.", by=lead, at=NOON)

    assert facts() == before


def test_broker_is_offered_no_end_that_the_lead_decides(client):
    cast = at_stage(Stage.BROKERING)

    assert overview(client, cast.broker, cast).context["end_form"] is None


def test_the_groups_decision_and_the_closing_are_no_ends_of_the_case_itself(client):
    cast = Cast(rules=FULL)
    put_to_the_group(cast)
    before = overview(client, cast.lead, cast).context["end_form"]
    finished = at_stage(Stage.DISSEMINATED)
    after = overview(client, finished.lead, finished).context["end_form"]

    assert ([value for value, _label in before.fields["status"].choices], after) == (["REFERRED"], None)


def test_an_end_that_is_not_offered_is_refused_in_words(client):
    cast = Cast(rules=FULL)
    put_to_the_group(cast)
    client.force_login(cast.lead)

    response = client.post(
        f"/portal/cases/{cast.project.case.reference}/end/", {"form_key": new_form_key(), "status": "DECLINED", "reason": "No."}
    )

    assert (response.status_code, cast.fresh().stage) == (200, Stage.WORKING_GROUP_REVIEW)
    assert response.context["end_form"].errors["status"]


def test_owner_who_takes_no_part_gives_the_case_back():
    cast = Cast(rules=FULL)
    put_to_the_group(cast)
    case = cast.project.case
    owner = make_user(Role.S2S_LEAD, Role.WORKING_GROUP)
    assign_owner(case=case, owner=owner, by=cast.lead, at=NOON)

    take_no_part(project=cast.fresh(), details="My sister works there.", by=owner, at=NOON)

    case.refresh_from_db()
    assert case.owner is None

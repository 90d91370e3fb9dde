"""Between the school's acceptance and the signature: what changes of team or timetable is put to the school again (W4, W5, W8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.models import CaseEvent, Turn
from common.in_words import day_in_words
from diary.models import HalfDay
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.freeze_agreement import freeze_agreement
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.enums import Stage, VisitState
from s2s_workflow.models import Agreement, Deployment
from s2s_workflow.parties import open_agreement
from s2s_workflow.policies import NotNow, NotReady
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.projects import VISIT_ON, Cast, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
ASKED = "What the school had accepted was changed, so the school is asked again."
STAGES = [Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED]


def make_once() -> Cast:
    """A team of two, its timetable and costs, that the school accepted and that was recorded as agreed."""
    cast = Cast()
    cast.start_brokering()
    cast.put_team_together()
    leader = SystemLeaderFactory(supporting_school=cast.supporting_school)
    second = propose_deployment(
        project=cast.fresh(), leader=leader, remit="Coaches mathematics.", half_days=2, starts_on=VISIT_ON, ends_on=VISIT_ON,
        by=cast.broker, at=NOON,
    )  # fmt: skip
    release_leader(deployment=second, releases=True, by=cast.supporting_head, at=NOON)
    approve_deployment(deployment=Deployment.objects.get(pk=second.pk), by=cast.broker, at=NOON)
    plan_visit(deployment=second, visit_date=VISIT_ON, half="PM", by=cast.broker, at=NOON)
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)
    cast.accept()
    move_project(project=cast.fresh(), to=Stage.TEAM_AGREED, by=cast.broker, at=NOON)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def one_more_visit(cast: Cast) -> None:
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=1), half="AM", by=cast.broker, at=NOON)


def a_visit_cancelled(cast: Cast) -> None:
    one = cast.fresh().team()[0].visits.get(state=VisitState.PLANNED)
    cancel_visit(visit=one, reason="Training day.", by=cast.broker, at=NOON)


def another_lead(cast: Cast) -> None:
    second = next(deployment for deployment in cast.fresh().team() if not deployment.is_named_lead)
    name_lead(deployment=second, by=cast.broker, at=NOON)


def state(cast: Cast) -> tuple[Stage, bool, bool]:
    project = cast.fresh()
    return Stage(project.stage), project.costs_presented_at is not None, project.team_accepted_at is not None


def turn_keys(cast: Cast) -> set[str]:
    return set(Turn.objects.open().filter(case=cast.project.case).values_list("key", flat=True))


def asked() -> int:
    return CaseEvent.objects.filter(sentence=ASKED, is_public=True).count()


@pytest.mark.parametrize(
    ("stage", "change"),
    [*((stage, change) for stage in STAGES for change in (one_more_visit, a_visit_cancelled)), (Stage.TEAM_AGREED, another_lead)],
)
def test_what_changes_before_the_text_is_frozen_is_put_to_the_school_again(cast: Cast, stage: Stage, change: Callable[[Cast], Any]) -> None:
    reach(cast, stage)
    before = state(cast), "present-again" in turn_keys(cast)

    change(cast)

    assert before == ((stage, True, True), False)
    assert (state(cast), asked(), "present-again" in turn_keys(cast)) == ((stage, False, False), 1, True)


def test_nobody_signs_what_the_school_has_not_accepted(cast: Cast) -> None:
    reach(cast, Stage.AGREEMENT_DRAFTED)
    cast.agree_plan()
    drawn_up = turn_keys(cast) & {"agreement", "present-again", "accept-team"}
    one_more_visit(cast)
    changed = turn_keys(cast) & {"agreement", "present-again", "accept-team"}
    missing = "The head of the supported school has not accepted the team yet."

    with pytest.raises(NotReady, match=missing):
        freeze_agreement(project=cast.fresh(), by=cast.broker, at=NOON)
    with pytest.raises(NotReady, match=missing):
        move_project(project=cast.fresh(), to=Stage.AWAITING_SIGNATURE, by=cast.broker, at=NOON)

    assert (drawn_up, changed) == ({"agreement"}, {"present-again"})
    assert missing in Portal(cast.broker, cast.project).words("agreement")
    assert (Agreement.objects.count(), cast.fresh().stage) == (0, Stage.AGREEMENT_DRAFTED)


def test_it_is_presented_and_accepted_again_where_the_project_stands_and_then_signed(cast: Cast) -> None:
    reach(cast, Stage.AGREEMENT_DRAFTED)
    cast.agree_plan()
    one_more_visit(cast)
    staff, head = Portal(cast.broker, cast.project), Portal(cast.head, cast.project)
    offered = "present-costs" in staff.offers("team")
    staff.post("present-costs", payer="school")
    asked_again = turn_keys(cast) & {"accept-team", "present-again"}
    answers = head.offers("team") & {"accept-team", "decline-team"}
    head.post("accept-team", seen=head.get("accept-team").context["form"]["seen"].value())
    freeze_agreement(project=cast.fresh(), by=cast.broker, at=NOON)

    agreement = open_agreement(cast.fresh())
    assert (offered, asked_again, answers) == (True, {"accept-team"}, {"accept-team", "decline-team"})
    assert agreement
    assert day_in_words(VISIT_ON + timedelta(days=1)) in agreement.text
    assert turn_keys(cast) & {"accept-team", "present-again"} == set()


def test_what_changes_nothing_asks_nobody(cast: Cast) -> None:
    name_lead(deployment=cast.deployment, by=cast.broker, at=NOON)

    assert (state(cast), asked()) == ((Stage.TEAM_AGREED, True, True), 0)


def test_the_page_says_that_the_school_is_asked_again(cast: Cast) -> None:
    words = "If you change them, it is asked again."
    staff = Portal(cast.broker, cast.project)
    second = cast.fresh().team()[1]
    pages = [("plan-visit", second), ("name-lead", second), ("cancel-visit", second.visits.get())]

    accepted = [words in staff.get(slug, target).content.decode() for slug, target in pages]
    one_more_visit(cast)
    reopened = [words in staff.get(slug, target).content.decode() for slug, target in pages]

    assert (accepted, reopened) == ([True] * 3, [False] * 3)


def test_a_visit_that_stands_in_the_text_to_sign_is_cancelled_after_a_change_request_alone(cast: Cast) -> None:
    reach(cast, Stage.AWAITING_SIGNATURE)
    halves, staff = HalfDay.objects.count(), Portal(cast.broker, cast.project)
    offered = "cancel-visit" in staff.offers("team")

    with pytest.raises(NotNow, match="Ask for a change of it first"):
        a_visit_cancelled(cast)
    kept = (state(cast), HalfDay.objects.count())
    request_change(agreement=Agreement.objects.get(), by=cast.head, reason="A training day.", at=NOON)
    a_visit_cancelled(cast)

    assert (offered, kept) == (False, ((Stage.AWAITING_SIGNATURE, True, True), halves))
    assert state(cast) == (Stage.AGREEMENT_DRAFTED, False, False)


def test_during_the_work_visits_are_planned_and_cancelled_without_asking_again(cast: Cast) -> None:
    reach(cast, Stage.ACTIVE)
    one_more_visit(cast)

    assert (state(cast), asked()) == ((Stage.ACTIVE, True, True), 0)

"""An amendment on its way to the signatures: changed, dropped, who may draw it up, and what comes first (D4)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from common.actions import Refusal
from common.moderation import decide_on_document
from s2s_workflow.actions.drop_amendment import drop_amendment
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.actions.sign_agreement import AgreementChanged
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.enums import DeploymentState, GroupSubject, Stage
from s2s_workflow.models import Agreement, Deployment
from s2s_workflow.policies import NotReady
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_user
from tests.factories.projects import FULL, LATER, VISIT_ON, Cast
from tests.s2s_workflow.amendments import (
    BEFORE,
    ENDS_ON,
    active,
    agree_plan_anew,
    amend,
    begin,
    days,
    freeze,
    in_force,
    join,
    keys_of,
    plan_anew,
    price,
)
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


# --- Changes, and dropping -------------------------------------------------------------------------


def test_a_change_request_voids_the_amendment_only(cast: Cast) -> None:
    agreement = amend(cast)
    party, signer = cast.slots()[0]
    cast.sign(party, signer)

    request_change(agreement=agreement, by=cast.supporting_head, at=LATER, reason="Five are enough.")

    first, second = Agreement.objects.order_by("version")
    assert (first.completed_at is not None, first.voided_at, second.void_reason) == (True, None, "Five are enough.")
    assert (cast.fresh().stage, in_force(cast)) == (Stage.ACTIVE, BEFORE)
    with pytest.raises(AgreementChanged):
        cast.sign(party, signer)
    days(cast, 5)
    price(cast)
    freeze(cast)
    cast.sign_all()
    assert in_force(cast)[:3] == (3, 5, Decimal("750.00"))


def test_a_dropped_amendment_leaves_everything_as_it_was(cast: Cast) -> None:
    begin(cast)
    days(cast)
    deployment = join(cast)
    agree_plan_anew(cast)
    price(cast)
    agreement = freeze(cast)
    for party, signer in cast.slots()[:2]:
        cast.sign(party, signer)

    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")

    project = cast.fresh()
    agreement.refresh_from_db()
    left = Deployment.objects.get(pk=deployment.pk)
    assert (in_force(cast), project.amending_at, agreement.void_reason) == (BEFORE, None, "No money.")
    assert (cast.deployment.next_half_days, left.state, project.team()[0].leader_id, len(project.team())) == (
        None, DeploymentState.ENDED, cast.leader.pk, 1,
    )  # fmt: skip
    assert "Read better" in Portal(cast.head, cast.project).words("documents")
    assert "Read much better" not in Portal(cast.head, cast.project).words("documents")
    assert keys_of(cast.broker) & {"amendment"} == set()


def test_the_next_amendment_starts_from_what_is_signed_not_from_what_was_dropped(cast: Cast) -> None:
    begin(cast)
    agree_plan_anew(cast)
    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")
    begin(cast, reason="Other days.")
    days(cast)
    price(cast)

    page = Portal(cast.leader.user, cast.project).get("write-plan").content.decode()
    agreement = freeze(cast)

    assert ("Read better</textarea>" in page, "Read much better" in page) == (True, False)
    assert ("Read better." in agreement.text, "Read much better" in agreement.text) == (True, False)


def test_a_plan_under_review_for_it_is_not_decided_on_once_it_is_dropped(cast: Cast) -> None:
    begin(cast)
    plan_anew(cast)
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=LATER)

    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")

    assert not cast.fresh().plan.workflow_in_progress
    with pytest.raises(Refusal):
        decide_on_document(document=cast.fresh().plan, approve=True, by=cast.lead, at=LATER)


# --- Before it is put up for signature -------------------------------------------------------------


def test_task_list_and_refusal_say_what_is_missing(cast: Cast) -> None:
    begin(cast)
    nothing = "Nothing is changed yet: change the action plan, the team or its days."
    listed = Portal(cast.broker, cast.project).words("agreement")
    with pytest.raises(NotReady) as refused:
        freeze(cast)
    days(cast)
    plan_anew(cast)
    with pytest.raises(NotReady) as later:
        freeze(cast)

    assert (str(refused.value), nothing in listed) == (nothing, True)
    assert str(later.value) == "The action plan is not agreed yet. 1 leader has no price yet."


def test_a_changed_plan_needs_the_groups_verdict_where_there_is_a_group() -> None:
    cast = active(FULL)
    begin(cast)
    plan_anew(cast)
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=LATER)

    with pytest.raises(NotReady):
        decide_on_document(document=cast.fresh().plan, approve=True, by=cast.group[0], at=LATER)
    with pytest.raises(NotReady):
        freeze(cast)
    cast.give_views(GroupSubject.PLAN)
    decide_on_document(document=cast.fresh().plan, approve=True, by=cast.group[0], at=LATER)
    freeze(cast)
    cast.sign_all()

    assert in_force(cast)[3] == ["Read much better", "Write better"]


def test_who_joins_is_released_and_approved_first(cast: Cast) -> None:
    begin(cast)
    leader: Any = SystemLeaderFactory(user=make_user(), supporting_school=cast.supporting_school)
    deployment = propose_deployment(
        project=cast.fresh(), leader=leader, remit="Coaches.", half_days=2, starts_on=VISIT_ON, ends_on=ENDS_ON, by=cast.broker, at=LATER
    )
    price(cast)
    asked = f"release-{deployment.pk}" in keys_of(cast.supporting_head)

    with pytest.raises(NotReady) as refused:
        freeze(cast)
    release_leader(deployment=deployment, releases=False, reason="We need them.", by=cast.supporting_head, at=LATER)

    assert (asked, "Not released by their school yet" in str(refused.value)) == (True, True)
    assert (cast.fresh().team_accepted_at is not None, cast.fresh().costs_presented_at is not None) == (True, True)


@pytest.mark.parametrize(
    ("half_days", "ends_on", "field"), [(1, ENDS_ON, "half_days"), (6, VISIT_ON - timedelta(days=1), "ends_on")], ids=["days", "end"]
)
def test_days_cover_what_is_planned_or_was_given(cast: Cast, half_days: int, ends_on: date, field: str) -> None:
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=1), half="AM", by=cast.broker, at=LATER)
    begin(cast)

    with pytest.raises(ValidationError) as refused:
        days(cast, half_days, ends_on=ends_on)

    assert (set(refused.value.error_dict), cast.deployment.next_half_days) == ({field}, None)

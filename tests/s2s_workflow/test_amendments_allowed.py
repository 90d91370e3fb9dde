"""Who draws up and signs an amendment, and when; what it keeps from ending (D4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from alliance.models import User
from alliance.roles import Role
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.drop_amendment import drop_amendment
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.open_amendment import AmendmentIsOpen
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.price_amendment import price_amendment
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.models import Agreement, SupportProject, Visit
from s2s_workflow.policies import NotNow, NotReady
from tests.factories.people import make_user
from tests.factories.projects import LATER, Cast, at_stage
from tests.s2s_workflow.amendments import (
    active,
    amend,
    begin,
    days,
    freeze,
    in_force,
    keys_of,
    plan_anew,
    price,
)

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


# --- Who, and when ---------------------------------------------------------------------------------


def the_head(cast: Cast) -> User:
    return cast.head


def the_named_lead(cast: Cast) -> User:
    user: User = cast.leader.user
    return user


def finance(cast: Cast) -> User:
    return cast.finance


@pytest.mark.parametrize("who", [the_head, the_named_lead, finance], ids=lambda who: who.__name__)
def test_an_amendment_is_alliance_staffs_to_draw_up(cast: Cast, who: Callable[[Cast], User]) -> None:
    user = who(cast)
    for act in (
        lambda: begin(cast, by=user),
        lambda: days(cast, by=user),
        lambda: price_amendment(project=cast.fresh(), by=user, at=LATER),
        lambda: freeze(cast, by=user),
        lambda: drop_amendment(project=cast.fresh(), by=user, at=LATER, reason="No."),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (cast.fresh().amending_at, Agreement.objects.count()) == (None, 1)


def test_nothing_is_amended_that_is_not_begun_or_is_up_for_signature(cast: Cast) -> None:
    acts: list[Callable[[], Any]] = [
        lambda: days(cast),
        lambda: price(cast),
        lambda: freeze(cast),
        lambda: plan_anew(cast),
    ]
    for act in (*acts, lambda: drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No.")):
        with pytest.raises(NotNow):
            act()
    amend(cast)
    for act in acts:
        with pytest.raises(NotNow):
            act()
    with pytest.raises(AmendmentIsOpen):
        begin(cast)
    assert Agreement.objects.count() == 2


def test_it_needs_a_reason_and_work_that_is_under_way(cast: Cast) -> None:
    other = at_stage(Stage.AWAITING_SIGNATURE)

    with pytest.raises(ValidationError):
        begin(cast, reason=" ")
    with pytest.raises(NotNow):
        begin(other)
    assert (cast.fresh().amending_at, other.fresh().amending_at) == (None, None)


def test_the_work_does_not_end_while_one_is_open(cast: Cast) -> None:
    cast.note_visit()
    begin(cast)
    open_ = "An amendment of the agreement is open: it is signed by all, or dropped, first."
    plan_exit(project=cast.fresh(), exit_on=LATER.date(), exit_steps="Hand over.", by=cast.leader.user, at=LATER)

    for to, by in ((Stage.FINAL_REVIEW_DUE, cast.leader.user), (Stage.EXITING, cast.head)):
        with pytest.raises(NotReady) as refused:
            move_project(project=cast.fresh(), to=to, by=by, at=LATER, reason="Because.")
        assert open_ in str(refused.value)
    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")
    move_project(project=cast.fresh(), to=Stage.EXITING, by=cast.head, at=LATER, reason="Because.")

    assert cast.fresh().stage == Stage.EXITING


def test_it_is_signed_while_a_mid_term_review_waits(cast: Cast) -> None:
    amend(cast)
    cast.review_mid_term()

    cast.sign_all()

    assert (cast.fresh().stage, in_force(cast)[:2]) == (Stage.MID_TERM_REVIEW, (2, 6))


def test_an_agreed_mid_term_review_that_proposes_changes_begins_one(cast: Cast) -> None:
    cast.review_mid_term(MidTermDecision.CHANGE)
    before = cast.fresh().amending_at
    cast.agree_mid_term()

    project = cast.fresh()
    assert (before, project.stage, project.amending_by, project.amending_reason) == (None, Stage.ACTIVE, cast.head, "Go on.")
    assert "amendment" in keys_of(cast.broker)


@pytest.mark.parametrize("decision", [MidTermDecision.CONTINUE, MidTermDecision.EXIT])
def test_other_reviews_begin_none(cast: Cast, decision: MidTermDecision) -> None:
    cast.review_mid_term(decision)
    for visit in Visit.objects.filter(state="PLANNED"):
        cancel_visit(visit=visit, by=cast.broker, at=LATER, reason="The end.")
    cast.agree_mid_term()

    assert cast.fresh().amending_at is None


def test_the_database_keeps_reasons(cast: Cast) -> None:
    amend(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(version=2).update(reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportProject.objects.update(amending_reason="")


def test_the_group_role_alone_signs_nothing(cast: Cast) -> None:
    amend(cast)
    member = make_user(Role.WORKING_GROUP)
    party, _signer = cast.slots()[0]

    with pytest.raises(PermissionDenied):
        cast.sign(party, member)

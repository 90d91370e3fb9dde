"""What both sides read of an end that is proposed stays true until it is answered: its refund, its day, and what comes first (D4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from cases.models import Turn
from finance.actions.discard_invoice import discard_invoice
from finance.models import Invoice
from s2s_workflow.actions.agree_exit import agree_exit
from s2s_workflow.actions.agree_mid_term_review import agree_mid_term_review
from s2s_workflow.actions.invoice_in_advance import invoice_in_advance
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.refuse_exit import refuse_exit
from s2s_workflow.arrangements import fingerprint_of_exit
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.exits import ExitChanged
from s2s_workflow.money import unspent_of
from s2s_workflow.policies import NotReady
from tests.factories.projects import LATER, Cast, at_stage
from tests.s2s_workflow.amendments import begin
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
LAST_DAY = LATER.date() + timedelta(days=10)
PAST = LAST_DAY + timedelta(days=1)
WHY = "Staff changed."
IS_PAST = "The proposed last day is past: propose another."
AMENDMENT = "An amendment of the agreement is open: it is signed by all, or dropped, first."


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    """All was invoiced in advance, nothing was given yet, and the named lead proposed an end."""
    cast = at_stage(Stage.ACTIVE, rules={"money_route": "IN_ADVANCE"})
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over.", by=cast.leader.user, at=LATER)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def agree(cast: Cast, *, seen: str | None = None, at: Any = LATER) -> None:
    seen = fingerprint_of_exit(cast.fresh()) if seen is None else seen
    agree_exit(project=cast.fresh(), seen=seen, by=cast.head, at=at, reason=WHY)


def throw_the_invoice_away(cast: Cast) -> None:
    invoice = Invoice.objects.filter(case_reference=cast.project.case.reference).latest("pk")
    discard_invoice(invoice=invoice, reason="Wrong payer.", by=cast.finance, at=LATER)


# --- The refund -----------------------------------------------------------------------------------


def test_what_would_be_refunded_follows_what_is_given_while_an_end_is_proposed(cast: Cast) -> None:
    before = cast.fresh().refund_due
    cast.note_visit()
    agree(cast)

    assert (before, cast.fresh().refund_due, unspent_of(cast.fresh())) == (Decimal(600), Decimal(450), Decimal(450))
    assert "£450.00" in Portal(cast.head, cast.project).words("reviews")


def test_it_follows_what_is_given_after_the_end_was_agreed_to(cast: Cast) -> None:
    agree(cast)
    cast.note_visit()

    assert (cast.fresh().stage, cast.fresh().refund_due) == (Stage.EXITING, Decimal(450))


def test_it_follows_the_invoice_in_advance_that_is_thrown_away_and_drafted_again(cast: Cast) -> None:
    throw_the_invoice_away(cast)
    thrown_away = cast.fresh().refund_due
    invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)

    assert (thrown_away, cast.fresh().refund_due) == (Decimal(0), Decimal(600))


@pytest.mark.parametrize("change", [Cast.note_visit, throw_the_invoice_away], ids=lambda change: change.__name__)
def test_an_end_is_not_agreed_to_with_another_refund_than_was_shown(cast: Cast, change: Any) -> None:
    seen = fingerprint_of_exit(cast.fresh())
    change(cast)
    before = cast.fresh().history.count()

    with pytest.raises(ExitChanged):
        agree(cast, seen=seen)

    assert (cast.fresh().stage, cast.fresh().history.count()) == (Stage.ACTIVE, before)


def test_the_refund_is_part_of_what_was_shown(cast: Cast) -> None:
    project = cast.fresh()
    seen = fingerprint_of_exit(project)
    project.refund_due = Decimal(450)

    assert fingerprint_of_exit(project) != seen


def test_no_refund_is_computed_while_no_end_is_proposed(cast: Cast) -> None:
    Portal(cast.leader.user, cast.project).post("withdraw-exit", reason=WHY)
    cast.note_visit()

    assert (cast.fresh().exit_on, cast.fresh().refund_due) == (None, None)


# --- What comes first -----------------------------------------------------------------------------


def test_an_end_whose_last_day_is_past_is_refused_and_not_agreed_to(cast: Cast) -> None:
    with time_machine.travel(LATER + timedelta(days=11)):
        head = Portal(cast.head, cast.project)
        page = head.get("agree-exit").content.decode()
        with pytest.raises(NotReady, match=IS_PAST):
            agree(cast, at=LATER + timedelta(days=11))
        stage = cast.fresh().stage
        refuse_exit(project=cast.fresh(), seen=fingerprint_of_exit(cast.fresh()), by=cast.head, at=LATER + timedelta(days=11), reason=WHY)

    assert (IS_PAST in page, stage, cast.fresh().exit_on) == (True, Stage.ACTIVE, None)


def test_an_end_is_agreed_to_on_its_last_day(cast: Cast) -> None:
    with time_machine.travel(LATER + timedelta(days=10)):
        agree(cast, at=LATER + timedelta(days=10))

    assert cast.fresh().stage == Stage.EXITING


def test_a_mid_term_review_that_ends_the_support_on_a_day_that_is_past_is_not_agreed_to(cast: Cast) -> None:
    cast.review_mid_term(MidTermDecision.EXIT)
    with time_machine.travel(LATER + timedelta(days=31)):
        page = Portal(cast.head, cast.project).get("agree-mid-term-review").content.decode()
        with pytest.raises(NotReady, match=IS_PAST):
            agree_mid_term_review(project=cast.fresh(), by=cast.head, at=LATER + timedelta(days=31))

    assert (IS_PAST in page, cast.fresh().stage) == (True, Stage.MID_TERM_REVIEW)


def test_an_amendment_that_is_open_is_said_to_come_first(cast: Cast) -> None:
    before = Portal(cast.head, cast.project).get("agree-exit").content.decode()
    begin(cast)
    page = Portal(cast.head, cast.project).get("agree-exit").content.decode()

    assert (AMENDMENT in before, AMENDMENT in page) == (False, True)


def test_all_that_comes_first_is_said_at_once(cast: Cast) -> None:
    visit = cast.visit
    visit.visit_date = PAST
    visit.save()
    begin(cast)
    page = Portal(cast.head, cast.project).get("agree-exit").content.decode()

    assert ("1 visit is planned after the last day" in page, AMENDMENT in page) == (True, True)


def test_the_head_has_the_turn_while_visits_stand_after_the_last_day(cast: Cast) -> None:
    visit = cast.visit
    visit.visit_date = PAST
    visit.save()
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over soon.", by=cast.leader.user, at=LATER)
    asked = {turn.key: str(turn) for turn in Turn.objects.of(cast.head, on=LATER.date())}
    cancels = {turn.key: str(turn) for turn in Turn.objects.of(cast.leader.user, on=LATER.date())}

    assert asked["exit"] == "Say whether you agree to the end of the support"
    assert cancels["visits-after-the-end"] == "Cancel the visits after the proposed last day before the end can be agreed to"

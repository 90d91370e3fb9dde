"""One amendment after another, and what happens to people and visits while one is open (D4)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.models import CaseEvent
from outbox.models import OutboxMessage
from s2s_workflow.actions.drop_amendment import drop_amendment
from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.freeze_amendment import freeze_amendment
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.open_amendment import open_amendment
from s2s_workflow.actions.plan_visit import MoreThanAgreed, plan_visit
from s2s_workflow.actions.propose_deployment import LeaderIsOnTheTeam, propose_deployment
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.agreement_pdf import agreement_pdf
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.models import Agreement, Deployment, Visit
from s2s_workflow.money import billed_in_advance, unspent_of
from s2s_workflow.policies import NotReady
from s2s_workflow.verification import mismatches
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_user
from tests.factories.projects import LATER, VISIT_ON, Cast
from tests.s2s_workflow.amendments import (
    ENDS_ON,
    IN_ADVANCE,
    active,
    agree_plan_anew,
    amend,
    begin,
    days,
    freeze,
    in_force,
    join,
    price,
)
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
AN_HOUR_LATER = LATER + timedelta(hours=1)


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def planned(cast: Cast, number: int) -> Visit:
    return plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=number), half="AM", by=cast.broker, at=LATER)


def told(sentence: str) -> set[Any]:
    return set(OutboxMessage.objects.filter(details__sentence=sentence).values_list("recipient", flat=True))


# --- One after another ----------------------------------------------------------------------------


def test_each_amendment_takes_the_place_of_the_one_before() -> None:
    cast = active(IN_ADVANCE)
    amend(cast, 6)
    cast.sign_all()
    begin(cast)
    agree_plan_anew(cast)
    days(cast, 5)
    price(cast)
    freeze(cast)
    cast.sign_all()

    chain = list(Agreement.objects.order_by("version").values_list("version", "amends__version"))
    assert in_force(cast) == (3, 5, Decimal("750.00"), ["Read much better", "Write better"])
    assert (chain, list(mismatches())) == ([(1, None), (2, 1), (3, 2)], [])
    assert (billed_in_advance(cast.fresh()), unspent_of(cast.fresh())) == (900, 900)


def test_the_pdf_of_an_amendment_is_made(cast: Cast) -> None:
    amend(cast)
    cast.sign_all()

    assert agreement_pdf(Agreement.objects.get(version=2)).startswith(b"%PDF")


def test_the_next_amendment_asks_for_no_price_and_shows_none_of_one_that_was_dropped(cast: Cast) -> None:
    amend(cast)
    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")
    open_amendment(project=cast.fresh(), by=cast.broker, at=AN_HOUR_LATER, reason="Another plan.")
    agree_plan_anew(cast)
    costs = Portal(cast.head, cast.project).words("costs")

    agreement = freeze_amendment(project=cast.fresh(), by=cast.broker, at=AN_HOUR_LATER)

    assert ("Proposed with the amendment" in costs, "£900.00" in costs) == (False, False)
    assert agreement.quote and agreement.quote.total == 600


def test_a_mid_term_review_that_ends_the_work_waits_for_what_is_up_for_signature(cast: Cast) -> None:
    amend(cast)
    cast.review_mid_term(MidTermDecision.EXIT)
    before = cast.fresh().history.count(), CaseEvent.objects.count()

    with pytest.raises(NotReady, match="An amendment of the agreement is open"):
        cast.agree_mid_term()

    assert (cast.fresh().stage, (cast.fresh().history.count(), CaseEvent.objects.count())) == (Stage.MID_TERM_REVIEW, before)
    cast.sign_all()
    cast.agree_mid_term()
    assert (cast.fresh().stage, in_force(cast)[:2]) == (Stage.EXITING, (2, 6))


# --- Visits and fewer days ------------------------------------------------------------------------


def test_fewer_days_are_not_put_up_for_signature_when_more_are_planned_meanwhile(cast: Cast) -> None:
    begin(cast)
    days(cast, 2)
    price(cast)
    for number in (1, 2):
        planned(cast, number)

    with pytest.raises(NotReady, match="3 half days are planned or were given"):
        freeze(cast)

    assert Agreement.objects.count() == 1


def test_an_earlier_end_is_not_put_up_for_signature_when_a_later_visit_is_planned_meanwhile(cast: Cast) -> None:
    begin(cast)
    days(cast, 4, ends_on=VISIT_ON + timedelta(days=1))
    planned(cast, 2)

    with pytest.raises(NotReady, match="a visit is planned after"):
        freeze(cast)


def test_what_is_up_for_signature_is_not_outrun_by_planning(cast: Cast) -> None:
    begin(cast)
    days(cast, 2, ends_on=VISIT_ON + timedelta(days=8))
    price(cast)
    agreement = freeze(cast)
    planned(cast, 1)

    with pytest.raises(MoreThanAgreed, match="up for signature"):
        planned(cast, 2)
    request_change(agreement=agreement, by=cast.supporting_head, at=LATER, reason="Three.")
    planned(cast, 2)
    with pytest.raises(NotReady):
        freeze(cast)

    assert Visit.objects.count() == 3


def test_no_visit_is_planned_after_the_last_day_that_is_up_for_signature(cast: Cast) -> None:
    begin(cast)
    days(cast, 4, ends_on=VISIT_ON + timedelta(days=1))
    freeze(cast)

    with pytest.raises(ValidationError):
        planned(cast, 2)

    assert Visit.objects.count() == 1


# --- People ---------------------------------------------------------------------------------------


def test_who_joins_is_told_that_they_will_and_then_that_they_have(cast: Cast) -> None:
    begin(cast)
    deployment = join(cast)
    person = deployment.leader.user_id
    will, has = "You are to join the team of a support project, once an amendment is signed.", "You are on the team of a support project."
    approved = person in told(will), person in told(has)
    price(cast)
    freeze(cast)
    cast.sign_all()

    assert (approved, person in told(has), cast.leader.user_id in told(will)) == ((True, False), True, False)


def test_who_was_to_join_is_told_that_the_amendment_was_dropped(cast: Cast) -> None:
    begin(cast)
    deployment = join(cast)
    drop_amendment(project=cast.fresh(), by=cast.broker, at=LATER, reason="No money.")

    assert deployment.leader.user_id in told("An amendment of an agreement was dropped.")


def test_everybody_who_signs_is_told_of_a_text_that_is_void_because_a_leader_left(cast: Cast) -> None:
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    cast.sign(*cast.slots()[0])
    signers = {signer.pk for _party, signer in cast.slots()}

    end_deployment(deployment=Deployment.objects.get(pk=deployment.pk), reason="Ill.", by=cast.broker, at=LATER)

    page = Portal(cast.head, cast.project).words("agreement")
    event = CaseEvent.objects.get(sentence="The amendment is void, with its signatures, and the agreement holds as it is.")
    assert signers <= told("An amendment that was up for signature is void: the team changed.")
    assert (event.reason, event.is_public, "asked for a change" in page) == ("Ill.", True, False)


def test_a_leader_who_dropped_out_before_the_work_can_join_with_an_amendment(cast: Cast) -> None:
    leader: Any = SystemLeaderFactory(user=make_user(), supporting_school=cast.supporting_school)
    Deployment.objects.create(
        project=cast.project, leader=leader, supporting_school=cast.supporting_school, remit="Coaches.", half_days=2, starts_on=VISIT_ON,
        ends_on=ENDS_ON, state="ENDED", proposed_at=LATER, ended_at=LATER, ended_by=cast.broker,
    )  # fmt: skip
    begin(cast)

    deployment = propose_deployment(
        project=cast.fresh(), leader=leader, remit="Coaches.", half_days=2, starts_on=VISIT_ON, ends_on=ENDS_ON, by=cast.broker, at=LATER
    )

    assert deployment.joins_later


def replaced(cast: Cast) -> None:
    """Somebody else joined and leads, and the leader left after one visit."""
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    cast.sign_all()
    name_lead(deployment=Deployment.objects.get(pk=deployment.pk), by=cast.broker, at=LATER)
    end_deployment(deployment=cast.deployment, reason="Moved away.", by=cast.broker, at=LATER)


def test_a_leader_who_gave_time_and_left_does_not_come_back_by_amendment(cast: Cast) -> None:
    cast.note_visit()
    replaced(cast)
    begin(cast)
    common: dict[str, Any] = {
        "remit": "Coaches.",
        "half_days": 2,
        "starts_on": VISIT_ON,
        "ends_on": ENDS_ON,
        "by": cast.broker,
        "at": LATER,
    }

    with pytest.raises(LeaderIsOnTheTeam, match="was on the team and left"):
        propose_deployment(project=cast.fresh(), leader=cast.leader, **common)
    offered = Portal(cast.broker, cast.project).get("propose-leader").content.decode()
    assert str(cast.leader) not in offered

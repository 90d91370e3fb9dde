"""What an amendment costs where time was given already: by who left, at another rate, or while it is up for signature (W4, D4)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from finance.models import QuoteLine, RateCard
from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.price_amendment import price_amendment
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.models import Agreement, Deployment, Signature, TimeSheetLine, Visit
from s2s_workflow.money import price_of_time, quote_of
from s2s_workflow.policies import NotReady
from tests.factories.finance import make_rate
from tests.factories.projects import LATER, VISIT_ON, Cast
from tests.s2s_workflow.amendments import (
    active,
    amend,
    begin,
    days,
    freeze,
    join,
    price,
)

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def planned(cast: Cast, number: int) -> Visit:
    return plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=number), half="AM", by=cast.broker, at=LATER)


def replaced(cast: Cast) -> None:
    """Somebody else joined and leads, and the leader left after one visit."""
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    cast.sign_all()
    name_lead(deployment=Deployment.objects.get(pk=deployment.pk), by=cast.broker, at=LATER)
    end_deployment(deployment=cast.deployment, reason="Moved away.", by=cast.broker, at=LATER)


def test_what_somebody_gave_who_left_stays_in_the_costs_at_what_it_was_charged() -> None:
    """£350 a day but £200.01 half a day: half a day of two days is £175, not £200.01."""
    present = RateCard.objects.filter(designation="", live=True).first()
    make_rate("350", "200.01", "300", "170.01", designation="", **({"supersedes": present} if present else {}))
    cast = active()
    cast.note_visit()
    charged = TimeSheetLine.objects.get()
    replaced(cast)
    begin(cast, reason="One leader left.")
    price(cast)
    freeze(cast)
    cast.sign_all()

    line = QuoteLine.objects.get(quote=quote_of(cast.fresh()), leader=cast.leader)
    assert (line.half_days, line.charge, line.supporting_share) == (1, charged.charge, charged.supporting_share)
    assert charged.charge == 175


def test_more_given_meanwhile_than_an_amendment_costs_is_said_to_who_signs_it(cast: Cast) -> None:
    make_rate(60, 30, 50, 25, designation="", supersedes=RateCard.objects.get())
    amend(cast, 5)
    party, signer = cast.slots()[0]
    cast.note_visit()

    with pytest.raises(NotReady, match="cost less in the amendment than what they gave"):
        cast.sign(party, signer)

    assert Signature.objects.filter(party=party).count() == 0


def test_what_is_left_to_give_is_priced_by_what_the_amendment_leaves(cast: Cast) -> None:
    """£150 for the first of four half days; then £300 in all for five, so £37.50 for each of the other four."""
    cast.note_visit()
    make_rate(120, 60, 100, 60, designation="", supersedes=RateCard.objects.get())
    amend(cast, 5)
    cast.sign_all()
    visit = planned(cast, 1)

    assert (quote_of(cast.fresh()).total, price_of_time(visit)[0]) == (300, Decimal("37.50"))  # type: ignore[union-attr]  # it is quoted


def test_costs_below_what_was_given_are_not_put_up_for_signature(cast: Cast) -> None:
    """A rate that was corrected downwards, after three of four half days were given at £150."""
    cast.note_visit()
    for number in (1, 2):
        texts = {"action_taken": "a", "impact": "b", "next_steps": "c", "evidence": {}}
        write_note(visit=planned(cast, number), **texts, by=cast.leader.user, at=LATER + timedelta(days=number))
    make_rate(120, 60, 100, 50, designation="", supersedes=RateCard.objects.get())
    begin(cast)
    days(cast, 5)
    price_amendment(project=cast.fresh(), by=cast.broker, at=LATER)

    with pytest.raises(NotReady, match="cost less in the amendment than what they gave"):
        freeze(cast)

    assert Agreement.objects.count() == 1

"""Amendments of a signed agreement (D4): signed while the work goes on; until all have signed, what was agreed holds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.plan_visit import MoreThanAgreed, plan_visit
from s2s_workflow.actions.propose_deployment import LeaderIsOnTheTeam, propose_deployment
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.amendment_guards import missing_in_amendment
from s2s_workflow.enums import Stage
from s2s_workflow.models import Deployment, TimeSheetLine, Visit
from s2s_workflow.money import quote_of
from s2s_workflow.parties import schools_in
from s2s_workflow.policies import NotNow
from s2s_workflow.team import DeploymentMovedOn
from s2s_workflow.verification import mismatches
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_school, make_user
from tests.factories.projects import LATER, VISIT_ON, Cast
from tests.s2s_workflow.amendments import (
    BEFORE,
    ENDS_ON,
    WHY,
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


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


# --- What holds, and when --------------------------------------------------------------------------


def test_what_was_agreed_holds_until_the_last_party_signs(cast: Cast) -> None:
    steps: list[tuple[str, Any]] = [("at first", in_force(cast))]
    begin(cast)
    steps.append(("begun", in_force(cast)))
    days(cast)
    agree_plan_anew(cast)
    price(cast)
    steps.append(("drafted", in_force(cast)))
    freeze(cast)
    slots = cast.slots()
    for party, signer in slots[:-1]:
        cast.sign(party, signer)
    steps.append(("signed by some", in_force(cast)))
    cast.sign(*slots[-1])

    assert [holds for _when, holds in steps] == [BEFORE] * 4
    assert in_force(cast) == (2, 6, Decimal("900.00"), ["Read much better", "Write better"])
    assert (cast.fresh().stage, cast.fresh().amending_at, len(slots)) == (Stage.ACTIVE, None, 3)
    assert list(mismatches()) == []


def test_the_text_is_the_whole_agreement_as_amended_with_what_it_replaces_and_why(cast: Cast) -> None:
    begin(cast)
    days(cast)
    agree_plan_anew(cast)
    price(cast)
    agreement = freeze(cast)

    expected = [
        "This version takes the place of version 1 once every party has signed it. Until then version 1 holds.", WHY, "Read much better.",
        "Up to 6 half days", "6 half days: £900.00", "Every week.",
    ]  # fmt: skip
    assert [words for words in expected if words not in agreement.text] == []
    assert (agreement.version, agreement.amends and agreement.amends.version, agreement.reason) == (2, 1, WHY)


def test_visits_are_planned_and_noted_as_agreed_until_the_amendment_is_in_force(cast: Cast) -> None:
    begin(cast)
    days(cast, 6)
    agree_plan_anew(cast)
    price(cast)
    freeze(cast)

    def plan(number: int) -> Visit:
        return plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=number), half="AM", by=cast.broker, at=LATER)

    for number in (1, 2, 5):
        plan(number)
    with pytest.raises(MoreThanAgreed):
        plan(6)
    cast.sign_all()
    plan(6)
    plan(7)
    with pytest.raises(MoreThanAgreed):
        plan(8)


def test_notes_give_evidence_against_the_objectives_in_force(cast: Cast) -> None:
    begin(cast)
    agree_plan_anew(cast)
    new = cast.fresh().plan.objectives[1].id
    evidence = {block.id: "Seen." for block in cast.fresh().plan.objectives}
    texts = {"action_taken": "a", "impact": "b", "next_steps": "c"}

    note = write_note(visit=cast.visit, **texts, evidence=evidence, by=cast.leader.user, at=LATER)

    assert (len(evidence), new in note.evidence, len(note.evidence)) == (2, False, 1)


def test_the_price_of_a_visit_is_that_of_the_quote_in_force_and_the_parts_are_the_whole(cast: Cast) -> None:
    cast.note_visit()
    amend(cast)
    first = TimeSheetLine.objects.get().charge
    cast.sign_all()
    for number in range(1, 6):
        visit = plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=number), half="AM", by=cast.broker, at=LATER)
        texts = {"action_taken": "a", "impact": "b", "next_steps": "c", "evidence": {}}
        write_note(visit=visit, **texts, by=cast.leader.user, at=LATER + timedelta(days=number))

    quote = quote_of(cast.fresh())
    assert (first, quote and quote.total, sum(line.charge for line in TimeSheetLine.objects.all())) == (150, 900, 900)


# --- People ----------------------------------------------------------------------------------------


def test_who_joins_is_on_the_team_once_all_have_signed_their_school_too(cast: Cast) -> None:
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    (school, head) = cast.other_heads[0]
    before = (len(cast.fresh().team()), school in schools_in(cast.fresh()))
    with pytest.raises(NotNow):
        plan_visit(deployment=deployment, visit_date=VISIT_ON, half="AM", by=cast.broker, at=LATER)
    with pytest.raises(DeploymentMovedOn):
        name_lead(deployment=deployment, by=cast.broker, at=LATER)
    signers = {signer for _party, signer in cast.slots()}
    cast.sign_all()

    assert (before, head in signers, len(signers)) == ((1, False), True, 4)
    assert (len(cast.fresh().team()), school in schools_in(cast.fresh())) == (2, True)
    plan_visit(deployment=Deployment.objects.get(pk=deployment.pk), visit_date=VISIT_ON, half="AM", by=cast.broker, at=LATER)


def test_who_joins_sees_nothing_of_the_case_before_they_are_on_the_team_and_their_school_what_it_signs(cast: Cast) -> None:
    cast.note_visit()
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    head = cast.other_heads[0][1]

    seen = {
        who: {tab for tab in ("visits", "documents", "agreement", "reviews") if Portal(user, cast.project).tab(tab).status_code == 200}
        for who, user in {"leader": deployment.leader.user, "head": head}.items()
    }
    notes = "Calmer start." in Portal(head, cast.project).words("visits")
    cast.sign_all()

    assert (seen, notes) == ({"leader": set(), "head": {"visits", "documents", "agreement"}}, False)
    assert Portal(deployment.leader.user, cast.project).tab("visits").status_code == 200


def test_a_lead_is_not_changed_by_proposing_somebody_and_nobody_comes_twice(cast: Cast) -> None:
    begin(cast)
    common = {"remit": "Coaches.", "half_days": 2, "starts_on": VISIT_ON, "ends_on": ENDS_ON, "by": cast.broker, "at": LATER}
    other: Any = SystemLeaderFactory(user=make_user(), supporting_school=make_school())

    with pytest.raises(ValidationError):
        propose_deployment(project=cast.fresh(), leader=other, is_named_lead=True, **common)
    with pytest.raises(LeaderIsOnTheTeam):
        propose_deployment(project=cast.fresh(), leader=cast.leader, **common)
    assert cast.fresh().deployments.count() == 1


def test_a_leader_who_left_leaves_what_they_gave_in_the_costs(cast: Cast) -> None:
    """Somebody else joins and leads; the one before gave one of four half days."""
    cast.note_visit()
    begin(cast)
    deployment = join(cast)
    price(cast)
    freeze(cast)
    cast.sign_all()
    name_lead(deployment=Deployment.objects.get(pk=deployment.pk), by=cast.broker, at=LATER)
    end_deployment(deployment=cast.deployment, reason="Moved away.", by=cast.broker, at=LATER)
    begin(cast, reason="One leader left.")
    price(cast)
    freeze(cast)
    cast.sign_all()

    quote = quote_of(cast.fresh())
    assert quote
    assert {line.leader_id: (line.half_days, line.charge) for line in quote.lines.all()} == {
        cast.leader.pk: (1, Decimal("150.00")),
        deployment.leader_id: (2, Decimal("300.00")),
    }


def test_a_leader_who_leaves_voids_the_text_that_names_them(cast: Cast) -> None:
    begin(cast)
    deployment = join(cast)
    price(cast)
    agreement = freeze(cast)
    end_deployment(deployment=Deployment.objects.get(pk=deployment.pk), reason="Ill.", by=cast.broker, at=LATER)

    agreement.refresh_from_db()
    assert (agreement.void_reason, cast.fresh().stage, in_force(cast)) == ("Ill.", Stage.ACTIVE, BEFORE)
    assert "another team" in " ".join(missing_in_amendment(cast.fresh()))

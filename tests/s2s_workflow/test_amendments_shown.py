"""What an amendment asks of whom, what its pages show, and the money in advance (D3, D4)."""

from __future__ import annotations

import pytest

from cases.models import CaseEvent
from common.moderation import decide_on_document
from finance.actions.discard_invoice import discard_invoice
from finance.models import Invoice, InvoiceLine
from outbox.models import OutboxMessage
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.money import billed_in_advance, quote_of, unspent_of
from s2s_workflow.parties import open_agreement
from s2s_workflow.policies import NotReady
from tests.factories.projects import LATER, Cast
from tests.s2s_workflow.amendments import (
    ENDS_ON,
    IN_ADVANCE,
    WHY,
    active,
    amend,
    begin,
    freeze,
    keys_of,
    plan_anew,
)
from tests.s2s_workflow.steps import Portal, day

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    return active()


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


# --- Turns, news, pages ----------------------------------------------------------------------------


def test_turns_follow_the_amendment(cast: Cast) -> None:
    begin(cast)
    drawn_up = keys_of(cast.broker) & {"amendment"}
    plan_anew(cast)
    written = keys_of(cast.leader.user) & {"plan"}
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=LATER)
    reviewed = keys_of(cast.lead) & {"plan-review"}
    decide_on_document(document=cast.fresh().plan, approve=True, by=cast.lead, at=LATER)
    freeze(cast)
    asked = [f"sign-{party.pk}" in keys_of(signer) for party, signer in cast.slots()]
    cast.sign_all()

    assert (drawn_up, written, reviewed, asked) == ({"amendment"}, {"plan"}, {"plan-review"}, [True] * 3)
    assert keys_of(cast.broker) & {"amendment"} == set()


def test_everybody_whom_it_concerns_is_told(cast: Cast) -> None:
    amend(cast)
    cast.sign_all()

    def told(sentence: str) -> set[str]:
        return set(OutboxMessage.objects.filter(details__sentence=sentence).values_list("recipient_email", flat=True))

    people = {cast.head.email, cast.supporting_head.email, cast.lead.email}
    assert people <= told("An agreement waits for your signature.")
    assert people | {cast.leader.user.email, cast.broker.email} <= told("The amendment is signed by all, and in force.")
    assert CaseEvent.objects.filter(sentence__startswith="Version %(version)s of the agreement is signed by all").get().is_public


def test_the_pages_show_what_holds_and_what_is_proposed(cast: Cast) -> None:
    amend(cast)
    agreement = Portal(cast.head, cast.project).words("agreement")
    costs = Portal(cast.head, cast.project).words("costs")
    team = Portal(cast.head, cast.project).words("team")
    cast.sign_all()
    after = Portal(cast.head, cast.project).words("costs")

    assert ("Signed by all: in force" in agreement, "Waits for signatures" in agreement, WHY in agreement) == (True, True, True)
    assert (costs.index("£600.00") < costs.index("Proposed with the amendment"), "6 half days, until" in team) == (True, True)
    assert (after.index("£900.00") < after.index("£600.00"), "Proposed with the amendment" in after) == (True, False)


def test_staff_draw_it_up_and_the_parties_sign_it_in_the_portal(cast: Cast) -> None:
    staff, lead = Portal(cast.broker, cast.project), Portal(cast.leader.user, cast.project)
    staff.post("open-amendment", reason=WHY)
    staff.post("change-days", cast.deployment, half_days=6, **day(ENDS_ON, "ends_on"))
    few = staff.post("change-days", cast.deployment, half_days=0, **day(ENDS_ON, "ends_on"))
    offered = [staff.offers("agreement"), lead.offers("documents")]
    staff.post("price-amendment")
    preview = staff.get("freeze-amendment").content.decode()
    staff.post("freeze-amendment")
    signing = [Portal(signer, cast.project).offers("agreement") for _party, signer in cast.slots()]
    late = staff.offers("agreement")

    assert "half_days" in few.context["form"].errors
    assert offered == [{"price-amendment", "drop-amendment"}, {"write-plan"}]
    assert ("Up to 6 half days" in preview, late) == (True, {"drop-amendment"})
    assert [offers & {"sign", "request-change"} for offers in signing] == [{"sign", "request-change"}] * 3
    assert open_agreement(cast.fresh())


def test_the_plan_form_starts_from_what_is_signed_and_says_nothing_is_to_send(cast: Cast) -> None:
    begin(cast)
    lead = Portal(cast.leader.user, cast.project)

    assert "Read better</textarea>" in lead.get("write-plan").content.decode()
    assert "send-plan" not in lead.offers("documents")
    with pytest.raises(NotReady):
        submit_plan(project=cast.fresh(), by=cast.leader.user, at=LATER)


def test_a_plan_written_for_an_amendment_is_read_by_its_writers_alone_until_it_is_sent_in(cast: Cast) -> None:
    begin(cast)
    plan_anew(cast)
    reads = {
        who: "Write better" in Portal(user, cast.project).words("documents")
        for who, user in {"lead": cast.lead, "leader": cast.leader.user, "head": cast.head, "supporting": cast.supporting_head}.items()
    }

    assert reads == {"lead": True, "leader": True, "head": False, "supporting": False}
    assert "Read better" in Portal(cast.head, cast.project).words("documents")


# --- Money in advance ------------------------------------------------------------------------------


def test_in_advance_the_difference_is_invoiced_at_the_last_signature() -> None:
    cast = active(IN_ADVANCE)
    amend(cast)
    before = billed_in_advance(cast.fresh())

    cast.sign_all()

    difference = Invoice.objects.order_by("-pk").first()
    assert difference
    line = InvoiceLine.objects.get(invoice=difference)
    assert (before, difference.net, billed_in_advance(cast.fresh()), line.half_days) == (600, 300, 900, 2)


def test_a_difference_that_was_thrown_away_is_drafted_again() -> None:
    cast = active(IN_ADVANCE)
    amend(cast)
    cast.sign_all()
    discard_invoice(invoice=Invoice.objects.order_by("-pk").first(), reason="Wrong payer.", by=cast.finance, at=LATER)
    wanted = "invoice-in-advance" in keys_of(cast.finance)

    Portal(cast.finance, cast.project).post("invoice-in-advance")

    assert (wanted, billed_in_advance(cast.fresh())) == (True, 900)


def test_in_advance_a_cheaper_amendment_asks_for_nothing_and_leaves_the_rest_to_be_refunded() -> None:
    cast = active(IN_ADVANCE)
    amend(cast, half_days=2)
    cast.sign_all()

    assert (Invoice.objects.count(), quote_of(cast.fresh()).total) == (1, 300)  # type: ignore[union-attr]  # it is quoted
    cast.note_visit()
    assert unspent_of(cast.fresh()) == 450  # £600 were invoiced, one half day at £150 was given

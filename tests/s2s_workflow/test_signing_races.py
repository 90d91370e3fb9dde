"""The last two parties sign at the same moment (promise 4): the project starts once, and each is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alliance.models import User
from finance.models import Invoice
from outbox.models import OutboxMessage
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.actions.sign_agreement import AgreementChanged, AlreadySigned, sign_agreement
from s2s_workflow.enums import Stage
from s2s_workflow.models import Agreement, AgreementParty, Signature, SupportProject
from s2s_workflow.parties import everybody_in
from tests.conftest import NOON
from tests.factories.projects import Cast, at_stage
from tests.s2s_workflow.amendments import amend

pytestmark = pytest.mark.django_db(transaction=True)

IN_ADVANCE = {"money_route": "IN_ADVANCE"}
STARTED = "The agreement is signed by all, and the work can start."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """All but the last two have signed, and the costs are billed in advance."""
    cast = at_stage(Stage.AWAITING_SIGNATURE, rules=IN_ADVANCE)
    cast.sign(*cast.slots()[0])
    return cast


def race(*runs: Callable[[], object]) -> Counter[str]:
    """Each in a thread of its own, at the same moment; what each came to."""
    barrier = Barrier(len(runs))

    def one(run: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=20)
            run()
        except (AgreementChanged, AlreadySigned) as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as threads:
        return Counter(threads.map(one, runs))


def signing(party: AgreementParty, by: User) -> Callable[[], object]:
    """As a request does it: with rows of its own."""

    def run() -> None:
        fresh = AgreementParty.objects.select_related("agreement__project__case").get(pk=party.pk)
        sign_agreement(party=fresh, typed_name=by.get_full_name(), sha256=party.agreement.sha256, by=User.objects.get(pk=by.pk), at=NOON)

    return run


def told_of_the_start() -> Counter[int]:
    return Counter(OutboxMessage.objects.filter(kind="project_news", details__sentence=STARTED).values_list("recipient", flat=True))


def starts(project: SupportProject) -> tuple[int, int]:
    """How often it became active by its history, and by its events."""
    moved = project.case.events.filter(sentence__contains="The project moved from")
    return (
        project.history.filter(stage=Stage.ACTIVE).count(),
        sum(event.values.get("after_label") == Stage.ACTIVE.label for event in moved),
    )


def test_the_last_two_at_once_start_the_project_once(cast):
    outcome = race(*(signing(*slot) for slot in cast.slots()[1:]))

    project = cast.fresh()
    assert outcome == {"done": 2}
    assert (project.stage, starts(project), Invoice.objects.count()) == (Stage.ACTIVE, (1, 1), 1)
    assert told_of_the_start() == {person.pk: 1 for person in everybody_in(project, NOON.date())}
    assert Agreement.objects.get().completed_at == NOON


def test_the_last_two_at_once_bring_an_amendment_into_force_once(cast):
    for slot in cast.slots()[1:]:
        cast.sign(*slot)
    amend(cast)
    cast.sign(*cast.slots()[0])

    outcome = race(*(signing(*slot) for slot in cast.slots()[1:]))

    in_force = cast.project.case.events.filter(sentence__startswith="Version %(version)s of the agreement is signed by all")
    assert outcome == {"done": 2}
    assert (cast.deployment.half_days, cast.fresh().amending_at, in_force.count()) == (6, None, 1)
    assert sorted(Invoice.objects.values_list("net", flat=True)) == [300, 600]


def test_one_slot_signed_by_many_at_once_has_one_signature(cast):
    slot = cast.slots()[1]

    outcome = race(*(signing(*slot) for _number in range(4)))

    assert (outcome, Signature.objects.count()) == ({"done": 1, "AlreadySigned": 3}, 2)
    assert cast.fresh().stage == Stage.AWAITING_SIGNATURE


def test_a_change_asked_for_at_the_last_signature_comes_before_it_or_too_late(cast):
    cast.sign(*cast.slots()[1])
    agreement, head = Agreement.objects.get(), cast.head

    outcome = race(signing(*cast.slots()[2]), lambda: request_change(agreement=agreement, by=head, at=NOON, reason="Fewer days."))

    project, agreement = cast.fresh(), Agreement.objects.get()
    assert outcome == {"done": 1, "AgreementChanged": 1}
    assert (project.stage, agreement.completed_at is not None, agreement.voided_at is not None) in [
        (Stage.ACTIVE, True, False),
        (Stage.AGREEMENT_DRAFTED, False, True),
    ]
    assert len(told_of_the_start()) == (len(everybody_in(project, NOON.date())) if agreement.completed_at else 0)


def test_a_text_made_void_while_it_was_read_is_told_as_changed(cast):
    sign = signing(*cast.slots()[1])
    request_change(agreement=Agreement.objects.get(), by=cast.head, at=NOON, reason="Fewer days.")

    with pytest.raises(AgreementChanged, match="Read the present version"):
        sign()
    assert Signature.objects.count() == 1

"""An amendment that costs more than was invoiced in advance: finance draft the difference, and see the case that asks them to (D3, D4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from cases.models import Case
from finance.actions.discard_invoice import discard_invoice
from finance.actions.mark_paid import mark_paid
from finance.models import Invoice
from tests.factories.finance import issue
from tests.factories.projects import LATER, Cast
from tests.s2s_workflow.amendments import IN_ADVANCE, active, amend, keys_of
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
SLUG = "invoice-in-advance"


def make_once() -> Cast:
    """Four half days are paid in advance, £600; an amendment to eight is signed, and its difference is a draft."""
    cast = active(IN_ADVANCE)
    mark_paid(invoice=issue(the_invoice(cast)), paid_on=LATER.date(), by=cast.finance, at=LATER)
    amend(cast, 8)
    cast.sign_all()
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def the_invoice(cast: Cast) -> Invoice:
    return Invoice.objects.filter(case_reference=cast.project.case.reference).latest("pk")


def throw_away(cast: Cast) -> None:
    discard_invoice(invoice=the_invoice(cast), reason="Wrong payer.", by=cast.finance, at=LATER)


def is_seen(cast: Cast) -> bool:
    return Case.objects.visible_to(cast.finance, on=timezone.localdate()).filter(pk=cast.project.pk).exists()


def test_finance_draft_a_difference_again_that_was_thrown_away(cast: Cast) -> None:
    throw_away(cast)
    finance = Portal(cast.finance, cast.project)
    asked, seen, offered, opened = keys_of(cast.finance), is_seen(cast), finance.offers("costs"), finance.get(SLUG).status_code

    finance.post(SLUG)

    assert (asked, seen, offered, opened) == ({SLUG}, True, {SLUG}, 200)
    assert (the_invoice(cast).net, keys_of(cast.finance)) == (Decimal("600.00"), set())


def test_once_the_difference_is_paid_as_well_finance_see_the_case_no_more(cast: Cast) -> None:
    mark_paid(invoice=issue(the_invoice(cast)), paid_on=LATER.date(), by=cast.finance, at=LATER)

    assert (keys_of(cast.finance), is_seen(cast)) == (set(), False)


def test_an_amendment_that_is_not_signed_asks_finance_for_nothing(cast: Cast) -> None:
    mark_paid(invoice=issue(the_invoice(cast)), paid_on=LATER.date(), by=cast.finance, at=LATER)
    amend(cast, 12)

    assert (keys_of(cast.finance), is_seen(cast)) == (set(), False)

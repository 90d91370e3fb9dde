"""Finance at several desks at once: an invoice in advance is drafted once, and nobody waits for somebody who waits for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from alliance.models import User
from alliance.roles import Role
from cases.models import Turn
from finance.actions.discard_invoice import discard_invoice
from finance.actions.issue_invoice import issue_invoice
from finance.enums import InvoiceStatus, VatTreatment
from finance.models import Invoice
from s2s_workflow.actions.invoice_in_advance import invoice_in_advance
from s2s_workflow.actions.invoice_time import NothingToInvoice, invoice_time
from s2s_workflow.enums import Stage
from s2s_workflow.models import SupportProject
from tests.databases import restore_database
from tests.factories.people import make_user
from tests.factories.projects import LATER, Cast, at_stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Invoiced in advance, which is a draft; one visit is held and its time approved."""
    restore_database()
    cast = at_stage(Stage.ACTIVE, rules={"money_route": "IN_ADVANCE"})
    cast.note_visit()
    cast.approve_time()
    return cast


def race(*runs: Callable[[User], object]) -> Counter[str]:
    """Each by somebody of finance, in a thread of its own, at the same moment; what each came to."""
    people, barrier = [make_user(Role.FINANCE) for _run in runs], Barrier(len(runs))

    def one(run: Callable[[User], object], user: User) -> str:
        try:
            barrier.wait(timeout=20)
            run(User.objects.get(pk=user.pk))
        except NothingToInvoice as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as threads:
        return Counter(threads.map(one, runs, people))


def fresh(cast: Cast) -> SupportProject:
    return SupportProject.objects.select_related("case").get(pk=cast.project.pk)


def drafting_again(cast: Cast) -> Callable[[User], object]:
    return lambda user: invoice_in_advance(project=fresh(cast), by=user, at=LATER)


def drafting_time(cast: Cast) -> Callable[[User], object]:
    return lambda user: invoice_time(project=fresh(cast), by=user, at=LATER)


def issuing(invoice: Invoice) -> Callable[[User], object]:
    return lambda user: issue_invoice(
        invoice=Invoice.objects.get(pk=invoice.pk), vat_treatment=VatTreatment.OUTSIDE_SCOPE, vat_percent=Decimal(0), by=user, at=LATER
    )


def throwing_away(invoice: Invoice) -> Callable[[User], object]:
    return lambda user: discard_invoice(invoice=Invoice.objects.get(pk=invoice.pk), reason="Wrong payer.", by=user, at=LATER)


def test_many_who_draft_it_again_at_once_draft_one(cast):
    discard_invoice(invoice=Invoice.objects.get(), reason="Wrong payer.", by=cast.finance, at=LATER)

    outcome = race(*(drafting_again(cast) for _number in range(4)))

    assert outcome == {"done": 1, "NothingToInvoice": 3}
    assert Counter(Invoice.objects.values_list("status", flat=True)) == {InvoiceStatus.DISCARDED: 1, InvoiceStatus.DRAFT: 1}


def test_an_invoice_is_issued_while_others_of_the_case_are_drafted(cast):
    outcome = race(issuing(Invoice.objects.get()), drafting_time(cast))

    assert outcome == {"done": 2}
    found = Invoice.objects.values_list("purpose", "status")
    assert sorted(found) == [("CHARGE", InvoiceStatus.ISSUED), ("SUPPORTING_SHARE", InvoiceStatus.DRAFT)]
    assert not Turn.objects.open().filter(case=cast.project.pk, key__startswith="invoice").exists()


def test_an_invoice_is_thrown_away_while_it_is_drafted_again(cast):
    """One after the other, whichever comes first; the turn is true in either case."""
    outcome = race(throwing_away(Invoice.objects.get()), drafting_again(cast))

    drafts = Invoice.objects.filter(status=InvoiceStatus.DRAFT).count()
    wanted = Turn.objects.open().filter(case=cast.project.pk, key="invoice-in-advance").count()
    assert (outcome["done"] - 1, drafts + wanted, drafts) == (drafts, 1, outcome["done"] - 1)

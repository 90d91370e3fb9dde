"""A service that was given, or a fee that is owed, is drafted without anybody of finance, and billed once (H6)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from common.actions import Actor
from finance.actions.draft_service_invoices import draft_service_invoices
from finance.enums import InvoicePurpose, MoneyRoute
from finance.models import Invoice, InvoiceIssuer, InvoiceLine
from finance.parties import Party
from finance.policies import WorkIsBilled
from finance.routes import TimeLine
from tests.conftest import NOON
from tests.factories.finance import ALLIANCE, credit, issue, pounds
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db
HEAD_OF_THE_SCHOOL = Actor("Head of the school")
CHARGE, SHARE, BROKERAGE = InvoicePurpose.CHARGE, InvoicePurpose.SUPPORTING_SHARE, InvoicePurpose.BROKERAGE


def day(reference: str = "DAY-1", kind: str = "HEALTH_CHECK", charge: str | int = "297.50", share: str | int = 255) -> TimeLine:
    return TimeLine(kind, reference, f"Health check {reference}", 2, pounds(charge), pounds(share))


@pytest.fixture
def parties() -> dict[str, Party]:
    supported, supporting = make_school(name="Supported"), make_school(name="Supporting")
    return {"payer": Party.of_school(supported), "supporting_school": Party.of_school(supporting), "alliance": ALLIANCE}


def drafted(parties: dict[str, Party], *lines: TimeLine, route: MoneyRoute = MoneyRoute.ALLIANCE_INVOICES, **values: Any) -> list[Invoice]:
    given = {"case_reference": "HC-1", "po_number": "PO 7", "by": HEAD_OF_THE_SCHOOL, "at": NOON, **values}
    made: list[Invoice] = draft_service_invoices(route=route, lines=lines, **parties, **given)
    return made


def told(invoices: list[Invoice]) -> list[tuple[str, str, str, Any]]:
    return [(one.issuer_name, one.payer_name, one.purpose, one.net) for one in invoices]


@pytest.mark.parametrize(
    ("route", "wanted"),
    [
        (
            MoneyRoute.ALLIANCE_INVOICES,
            [
                ("Invented Alliance", "Supported", CHARGE, pounds("297.50")),
                ("Supporting", "Invented Alliance", SHARE, pounds(255)),
            ],
        ),
        (
            MoneyRoute.SUPPORTING_SCHOOL_INVOICES,
            [
                ("Supporting", "Supported", CHARGE, pounds("297.50")),
                ("Invented Alliance", "Supporting", BROKERAGE, pounds("42.50")),
            ],
        ),
        (MoneyRoute.IN_ADVANCE, [("Supporting", "Invented Alliance", SHARE, pounds(255))]),
    ],
)
def test_the_route_says_which_drafts_there_are(parties, route, wanted):
    assert told(drafted(parties, day(), route=route)) == wanted


def test_drafts_bind_nobody_and_are_told_as_what_the_plugin_did(parties):
    invoices = drafted(parties, day())

    assert {(one.status, one.number, one.case_reference, one.po_number, one.drafted_at) for one in invoices} == {
        ("DRAFT", None, "HC-1", "PO 7", NOON)
    }
    assert {one.history.first().history_actor for one in invoices} == {"Head of the school"}
    assert set(InvoiceIssuer.objects.values_list("last_number", flat=True)) == {0}
    with pytest.raises(PermissionDenied):
        issue(invoices[0], by=make_user())


def test_a_day_is_billed_once_and_a_repeat_changes_nothing(parties):
    drafted(parties, day())

    with pytest.raises(WorkIsBilled):
        drafted(parties, day("DAY-2"), day())

    assert (Invoice.objects.count(), InvoiceLine.objects.filter(source_reference="DAY-2").exists()) == (2, False)


def test_a_fee_for_a_day_is_work_of_its_own_kind(parties):
    drafted(parties, day())

    fee = drafted(parties, day(kind="HEALTH_CHECK_FEE", charge="148.75", share="127.50"))

    assert told(fee) == [
        ("Invented Alliance", "Supported", CHARGE, pounds("148.75")),
        ("Supporting", "Invented Alliance", SHARE, pounds("127.50")),
    ]
    with pytest.raises(WorkIsBilled):
        drafted(parties, day(kind="HEALTH_CHECK_FEE", charge=1, share=1))


def test_a_day_on_a_credited_invoice_may_be_drafted_again(parties):
    charge, share = drafted(parties, day())
    credit(issue(charge))
    credit(issue(share))

    assert len(drafted(parties, day())) == 2


def test_what_costs_nothing_is_on_no_invoice(parties):
    assert drafted(parties, day(charge=0, share=0)) == []
    assert told(drafted(parties, day(charge=1, share=0))) == [("Invented Alliance", "Supported", CHARGE, pounds(1))]

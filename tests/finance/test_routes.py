"""Money routes: which invoices come, and that the same money arrives on each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alliance.models import School
from finance.enums import InvoicePurpose, MoneyRoute
from finance.money import percent_of, to_pennies
from finance.parties import Party
from finance.routes import MoreThanQuoted, invoices_for_time, invoices_on_signature, unspent
from tests.factories.finance import ALLIANCE, pounds, time

PAYER, SUPPORTER = Party.of_school(School(urn="990001", name="Supported")), Party.of_school(School(urn="990002", name="Supporting"))
LINES = [time(350, 300), time("175.50", "150.25", half_days=1)]
CHARGE, SHARE, BROKERAGE = InvoicePurpose.CHARGE, InvoicePurpose.SUPPORTING_SHARE, InvoicePurpose.BROKERAGE


def for_time(route, lines=LINES):
    wanted = invoices_for_time(route, payer=PAYER, supporting_school=SUPPORTER, alliance=ALLIANCE, lines=lines)
    return [(one.issuer.name, one.payer.name, one.purpose, one.amount) for one in wanted]


def on_signature(route, lines=LINES):
    wanted = invoices_on_signature(route, payer=PAYER, alliance=ALLIANCE, lines=lines)
    return [(one.issuer.name, one.payer.name, one.purpose, one.amount) for one in wanted]


@pytest.mark.parametrize(
    ("route", "signature", "approved_time"),
    [
        (
            MoneyRoute.SUPPORTING_SCHOOL_INVOICES,
            [],
            [("Supporting", "Supported", CHARGE, pounds("525.50")), ("Invented Alliance", "Supporting", BROKERAGE, pounds("75.25"))],
        ),
        (
            MoneyRoute.ALLIANCE_INVOICES,
            [],
            [("Invented Alliance", "Supported", CHARGE, pounds("525.50")), ("Supporting", "Invented Alliance", SHARE, pounds("450.25"))],
        ),
        (
            MoneyRoute.IN_ADVANCE,
            [("Invented Alliance", "Supported", CHARGE, pounds("525.50"))],
            [("Supporting", "Invented Alliance", SHARE, pounds("450.25"))],
        ),
    ],
)
def test_route_says_who_invoices_whom_for_how_much(route, signature, approved_time):
    assert (on_signature(route), for_time(route)) == (signature, approved_time)


@pytest.mark.parametrize("route", MoneyRoute)
def test_on_every_route_the_same_money_ends_up_with_each(route):
    got = {"Supported": pounds(0), "Supporting": pounds(0), "Invented Alliance": pounds(0)}
    for issuer, payer, _purpose, amount in [*on_signature(route), *for_time(route)]:
        got[issuer] += amount
        got[payer] -= amount

    assert got == {"Supported": pounds("-525.50"), "Supporting": pounds("450.25"), "Invented Alliance": pounds("75.25")}


@pytest.mark.parametrize("route", MoneyRoute)
def test_reciprocal_work_is_on_no_invoice(route):
    reciprocal = [time(0, 0)]

    assert (on_signature(route, reciprocal), for_time(route, reciprocal)) == ([], [])


def test_work_without_brokerage_brings_no_invoice_for_it():
    assert for_time(MoneyRoute.SUPPORTING_SCHOOL_INVOICES, [time(300, 300)]) == [("Supporting", "Supported", CHARGE, pounds(300))]


def test_unspent_is_what_was_paid_in_advance_less_approved_time():
    assert unspent(quoted=pounds(1000), approved=pounds("525.50")) == pounds("474.50")
    assert unspent(quoted=pounds(1000), approved=pounds(1000)) == pounds(0)


def test_more_time_than_was_paid_for_is_refused():
    with pytest.raises(MoreThanQuoted):
        unspent(quoted=pounds(1000), approved=pounds("1000.01"))


@pytest.mark.parametrize(
    ("given", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("1.025", "1.03"), ("10", "10.00")]
)
def test_half_a_penny_is_rounded_up(given, rounded):
    assert str(to_pennies(Decimal(given))) == rounded


def test_percentages_are_in_whole_pennies():
    assert str(percent_of(Decimal("182.50"), Decimal(85))) == "155.13"

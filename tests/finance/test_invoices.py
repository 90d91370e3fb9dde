"""Invoices: drafted once for each piece of work, issued under the next number, moved by the table alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alliance.models import Organisation, OrganisationKind
from alliance.roles import Role
from common.actions import IllegalMove, ReasonMissing
from finance.actions.credit_invoice import credit_invoice
from finance.actions.discard_invoice import discard_invoice
from finance.actions.draft_advance_invoice import draft_advance_invoice
from finance.actions.draft_invoices import draft_invoices
from finance.actions.issue_invoice import issue_invoice
from finance.actions.mark_paid import mark_paid
from finance.actions.query_invoice import query_invoice
from finance.actions.settle_query import settle_query
from finance.enums import InvoicePurpose, InvoiceStatus, MoneyRoute, VatTreatment
from finance.models import Invoice, InvoiceIssuer, InvoiceLine
from finance.parties import Party
from finance.policies import NothingToBill, PaidInFuture, VatNotChosen, WorkIsBilled
from finance.queries import billed, invoices_of_case
from finance.transitions import MOVES
from tests.conftest import NOON
from tests.factories.finance import ALLIANCE, BROKER, draft, issue, line, make_rate, pounds, quote, time
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture
def finance():
    return make_user(Role.FINANCE)


def test_drafts_are_written_with_lines_names_and_addresses(finance):
    school, supporter = make_school(name="Supported", street="1 Lane"), make_school(name="Supporting")

    to_school, share = draft_invoices(
        route=MoneyRoute.ALLIANCE_INVOICES, payer=Party.of_school(school), supporting_school=Party.of_school(supporter), alliance=ALLIANCE,
        lines=[time(350, 300, reference="T1"), time(175, 150, half_days=1, reference="T2")], case_reference="S2S-1", po_number="PO 7",
        by=finance, at=NOON,
    )  # fmt: skip

    assert (to_school.status, to_school.number, to_school.net, to_school.po_number) == ("DRAFT", None, pounds(525), "PO 7")
    assert (to_school.issuer_name, to_school.payer_name, to_school.payer_school) == ("Invented Alliance", "Supported", school)
    assert to_school.payer_address == "1 Lane\nOtterbeck\nZZ1 1ZZ"
    assert list(to_school.lines.values_list("position", "half_days", "amount", "source_reference")) == [
        (1, 2, pounds(350), "T1"),
        (2, 1, pounds(175), "T2"),
    ]
    assert (share.issuer.school, share.payer_name, share.payer_school, share.net) == (supporter, "Invented Alliance", None, pounds(450))
    assert billed(InvoicePurpose.CHARGE, "TIME", ["T1", "T3"]) == {"T1"}


def test_a_commissioner_may_pay(finance):
    council = Organisation.objects.create(name="Council", kind=OrganisationKind.objects.first())

    (invoice, _share) = draft_invoices(
        route=MoneyRoute.ALLIANCE_INVOICES, payer=Party.of_organisation(council, "Town Hall"),
        supporting_school=Party.of_school(make_school()), alliance=ALLIANCE, lines=[time()], case_reference="S2S-1", by=finance, at=NOON,
    )  # fmt: skip

    assert (invoice.payer_organisation, invoice.payer_name, invoice.payer_address) == (council, "Council", "Town Hall")


def test_a_piece_of_work_is_billed_once_for_each_purpose():
    work = time(reference="T1")
    draft(work)

    with pytest.raises(WorkIsBilled):
        draft(time(reference="T2"), work)

    assert list(InvoiceLine.objects.order_by("purpose").values_list("purpose", "source_reference")) == [
        ("CHARGE", "T1"),
        ("SUPPORTING_SHARE", "T1"),
    ]
    assert Invoice.objects.count() == 2


def test_the_whole_quote_is_billed_on_signature_once():
    make_rate()
    quoted = quote(line(4), line(is_reciprocal=True))
    given = {"quote": quoted, "payer": Party.of_school(make_school()), "alliance": ALLIANCE, "case_reference": "S2S-1", "at": NOON}

    invoice = draft_advance_invoice(**given, by=BROKER)

    assert (invoice.net, invoice.lines.count(), invoice.purpose) == (pounds(700), 1, "CHARGE")
    with pytest.raises(WorkIsBilled):
        draft_advance_invoice(**given, by=BROKER)


def test_a_quote_of_nothing_brings_no_invoice():
    with pytest.raises(NothingToBill):
        draft_advance_invoice(
            quote=quote(line(is_reciprocal=True)), payer=Party.of_school(make_school()), alliance=ALLIANCE, case_reference="S2S-1",
            by=BROKER, at=NOON,
        )  # fmt: skip


# --- Issuing --------------------------------------------------------------------------------------


def test_issuing_gives_number_dates_and_vat_rounded_for_each_line(finance):
    invoice = draft(time("10.10", 1), time("10.10", 1), time("10.10", 1))

    issued = issue_invoice(
        invoice=invoice, vat_treatment=VatTreatment.STANDARD, vat_percent=Decimal("17.5"), po_number="PO 1", by=finance, at=NOON
    )

    assert (issued.status, issued.number, issued.issued_on, issued.due_on) == ("ISSUED", "INV-0001", TODAY, date(2026, 12, 16))
    assert (issued.net, issued.vat, issued.gross, issued.po_number) == (pounds("30.30"), pounds("5.31"), pounds("35.61"), "PO 1")


def test_each_issuer_counts_for_itself():
    school = make_school(urn="990123")

    issued = [issue(draft()), issue(draft(issuer=school)), issue(draft()), issue(draft(issuer=school))]

    assert [invoice.number for invoice in issued] == ["INV-0001", "990123-0001", "INV-0002", "990123-0002"]


@pytest.mark.parametrize(
    ("treatment", "percent"),
    [
        ("", None), ("", Decimal(0)), ("STANDARD", None), ("STANDARD", Decimal(0)), ("STANDARD", Decimal(100)), ("EXEMPT", Decimal(20)),
        ("ZERO", Decimal(5)), ("SURPRISE", Decimal(0)),
    ],
)  # fmt: skip
def test_issuing_without_a_choice_of_vat_is_refused_and_uses_no_number(treatment, percent):
    invoice = draft()

    with pytest.raises(VatNotChosen):
        issue(invoice, vat_treatment=treatment, vat_percent=percent)

    assert (Invoice.objects.get(pk=invoice.pk).status, InvoiceIssuer.objects.get(prefix="INV").last_number) == ("DRAFT", 0)


def test_issuing_twice_is_refused_and_uses_no_number():
    invoice = draft()
    issue(invoice)

    with pytest.raises(IllegalMove):
        issue(invoice)

    assert InvoiceIssuer.objects.get(prefix="INV").last_number == 1


def test_an_issue_that_is_rolled_back_leaves_no_gap():
    with pytest.raises(RuntimeError), transaction.atomic():
        issue(draft())
        raise RuntimeError("the power failed")

    assert issue(draft()).number == "INV-0001"


# --- Moves ----------------------------------------------------------------------------------------

VERBS = {
    ("DRAFT", "ISSUED"): issue,
    ("DRAFT", "DISCARDED"): lambda invoice, **who: discard_invoice(invoice=invoice, reason="Wrong school", **who),
    ("ISSUED", "QUERIED"): lambda invoice, **who: query_invoice(invoice=invoice, reason="Which days?", **who),
    ("QUERIED", "ISSUED"): lambda invoice, **who: settle_query(invoice=invoice, reason="These days", **who),
    ("ISSUED", "PAID"): lambda invoice, **who: mark_paid(invoice=invoice, paid_on=TODAY, **who),
    ("QUERIED", "PAID"): lambda invoice, **who: mark_paid(invoice=invoice, paid_on=TODAY, **who),
    ("ISSUED", "CREDITED"): lambda invoice, **who: credit_invoice(invoice=invoice, reason="Wrong days", **who),
    ("QUERIED", "CREDITED"): lambda invoice, **who: credit_invoice(invoice=invoice, reason="Wrong days", **who),
}
WAYS = {"DRAFT": [], "DISCARDED": ["DISCARDED"], "ISSUED": ["ISSUED"], "QUERIED": ["ISSUED", "QUERIED"], "PAID": ["ISSUED", "PAID"],
        "CREDITED": ["ISSUED", "CREDITED"]}  # fmt: skip


def reach(status: str, finance) -> Invoice:
    invoice = draft()
    for target in WAYS[status]:
        invoice = VERBS[invoice.status, target](invoice, by=finance, at=NOON)
    return invoice


def test_every_listed_move_has_a_verb_and_no_other():
    assert set(VERBS) == {(move.source, move.target) for move in MOVES}


@pytest.mark.parametrize(("source", "verb"), list(product(InvoiceStatus.values, sorted(VERBS))))
def test_verbs_make_their_own_moves_and_refuse_every_other(finance, source, verb):
    invoice = reach(source, finance)
    allowed = any(listed == (source, verb[1]) and VERBS[listed].__code__.co_names == VERBS[verb].__code__.co_names for listed in VERBS)

    if allowed:
        assert VERBS[verb](invoice, by=finance, at=NOON).status == verb[1]
        return
    with pytest.raises(IllegalMove):
        VERBS[verb](invoice, by=finance, at=NOON)
    assert Invoice.objects.get(pk=invoice.pk).status == source


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.FINANCE, Role.S2S_LEAD)])
def test_invoices_are_handled_by_finance_and_the_lead(finance, role):
    invoices = {move: reach(move[0], finance) for move in VERBS}
    somebody = make_user(role)

    for move, verb in VERBS.items():
        with pytest.raises(PermissionDenied):
            verb(invoices[move], by=somebody, at=NOON)
    with pytest.raises(PermissionDenied):
        draft_invoices(
            route=MoneyRoute.ALLIANCE_INVOICES, payer=ALLIANCE, supporting_school=ALLIANCE, alliance=ALLIANCE, lines=[], case_reference="S2S-1",
            by=somebody, at=NOON,
        )  # fmt: skip

    assert [Invoice.objects.get(pk=invoice.pk).status for invoice in invoices.values()] == [source for source, _target in VERBS]


def test_a_lead_may_issue():
    assert issue(draft(), by=make_user(Role.S2S_LEAD)).number == "INV-0001"


@pytest.mark.parametrize(
    ("status", "verb"), [("ISSUED", query_invoice), ("QUERIED", settle_query), ("ISSUED", credit_invoice), ("DRAFT", discard_invoice)]
)
def test_moves_that_need_a_reason_are_refused_without(finance, status, verb):
    invoice = reach(status, finance)

    with pytest.raises(ReasonMissing):
        verb(invoice=invoice, reason=" ", by=finance, at=NOON)

    assert Invoice.objects.get(pk=invoice.pk).status == status


def test_a_payment_of_tomorrow_is_refused(finance):
    invoice = issue(draft())

    with pytest.raises(PaidInFuture):
        mark_paid(invoice=invoice, paid_on=date(2026, 11, 19), by=finance, at=NOON)

    assert Invoice.objects.get(pk=invoice.pk).status == "ISSUED"


def test_a_credited_invoice_keeps_its_number_and_its_work_may_be_billed_again(finance):
    school, work = make_school(urn="990123"), time(350, 350, reference="T1")
    credited = credit_invoice(invoice=issue(draft(work, issuer=school)), by=finance, at=NOON, reason="Wrong days")

    again = issue(draft(work, issuer=school))

    assert (credited.status, credited.number, credited.note) == ("CREDITED", "990123-0001", "Wrong days")
    assert again.number == "990123-0002"


def test_work_of_a_draft_that_was_thrown_away_may_be_billed_again(finance):
    work = time(350, 350, reference="T1")
    discard_invoice(invoice=draft(work, issuer=make_school()), by=finance, at=NOON, reason="Wrong school")

    assert draft(work, issuer=make_school()).status == "DRAFT"


def test_moves_are_recorded_with_who_and_why(finance):
    invoice = query_invoice(invoice=issue(draft()), by=finance, at=NOON, reason="Which days?")

    row = invoice.history.first()

    assert (row.status, row.history_user, row.history_change_reason) == ("QUERIED", finance, "Which days?")


def test_unsettled_invoices_of_a_case_are_those_with_something_left_to_do(finance):
    left = {status: reach(status, finance).status for status in InvoiceStatus.values}

    open_ones = invoices_of_case("S2S-1").filter(purpose="CHARGE").unsettled().values_list("status", flat=True)

    assert (sorted(left), sorted(open_ones)) == (sorted(InvoiceStatus.values), ["DRAFT", "ISSUED", "QUERIED"])


@pytest.mark.parametrize(
    ("status", "values"),
    [
        ("ISSUED", {"number": None}), ("ISSUED", {"vat_treatment": "", "vat_percent": None}), ("ISSUED", {"vat_treatment": "STANDARD"}),
        ("DRAFT", {"number": "INV-9999"}), ("PAID", {"paid_on": None}), ("ISSUED", {"paid_on": TODAY}), ("DRAFT", {"net": 0}),
        ("ISSUED", {"status": "DRAFT"}), ("ISSUED", {"status": "LOST"}),
    ],
)  # fmt: skip
def test_the_database_refuses_an_invoice_that_is_not_whole(finance, status, values):
    invoice = reach(status, finance)
    for name, value in values.items():
        setattr(invoice, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        invoice.save()


def test_there_is_one_series_of_the_alliance():
    draft()

    for values in ({"prefix": "INV"}, {"prefix": "INX"}, {"prefix": "INV", "school": make_school()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvoiceIssuer.objects.create(**values)

"""Credit notes: what takes an invoice back, under numbers of their own, written once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alliance.actions.erase_person import erase_person
from alliance.queries import personal_data_of
from alliance.roles import Role
from common.actions import Actor, IllegalMove, ReasonMissing
from finance.actions.query_invoice import query_invoice
from finance.models import CreditNote, Invoice, InvoiceIssuer
from finance.models.frozen import IsFrozen
from finance.queries import invoices_of_case
from finance.signals import invoice_moved
from tests.conftest import NOON
from tests.factories.finance import credit, draft, issue, pounds
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db


def numbers() -> list[str]:
    return list(CreditNote.objects.order_by("pk").values_list("number", flat=True))


def last(field: str) -> dict[str, int]:
    """The last number of each series that has one."""
    return {prefix: number for prefix, number in InvoiceIssuer.objects.values_list("prefix", field) if number}


def test_crediting_writes_a_note_of_the_whole_invoice():
    finance = make_user(Role.FINANCE, first_name="Priya", last_name="Ramaswell")
    invoice = issue(draft(), vat_treatment="STANDARD", vat_percent=Decimal(20))

    credited = credit(invoice, by=finance, reason="Wrong days")

    note = credited.credit_note
    assert (note.number, note.sequence, note.issuer, note.invoice) == ("INV-C0001", 1, invoice.issuer, invoice)
    assert (note.net, note.vat, note.gross) == (pounds(350), pounds(70), pounds(420))
    assert (note.credited_on, note.credited_by, note.reason) == (date(2026, 11, 18), "Priya Ramaswell", "Wrong days")
    assert (credited.number, credited.status) == (invoice.number, "CREDITED")
    assert [(row.history_type, row.history_user, row.history_change_reason) for row in note.history.all()] == [("+", finance, "Wrong days")]


def test_each_issuer_counts_its_notes_for_itself_and_apart_from_its_invoices():
    school = make_school(urn="990123")

    for issuer in (None, school, None, school, school):
        credit(issue(draft(issuer=issuer)))

    assert numbers() == ["INV-C0001", "990123-C0001", "INV-C0002", "990123-C0002", "990123-C0003"]
    assert last("last_number") == {"INV": 2, "990123": 3}


def test_a_queried_invoice_is_credited_alike():
    queried = query_invoice(invoice=issue(draft()), by=make_user(Role.FINANCE), at=NOON, reason="Which days?")

    assert credit(queried).credit_note.number == "INV-C0001"


def test_a_note_is_there_when_the_move_is_told():
    heard = []

    def hear(invoice: Invoice, **kwargs: object) -> None:
        heard.append((invoice.status, invoice.credit_note.number))

    invoice = issue(draft())
    invoice_moved.connect(hear)
    try:
        credit(invoice)
    finally:
        invoice_moved.disconnect(hear)

    assert heard == [("CREDITED", "INV-C0001")]


@pytest.mark.parametrize(
    ("refused", "values"),
    [(ReasonMissing, {"reason": " "}), (PermissionDenied, {"by": Actor("Broker")}), (PermissionDenied, {"by": Actor.job("credits")})],
)
def test_a_refused_credit_writes_no_note_and_uses_no_number(refused, values):
    invoice = issue(draft())

    with pytest.raises(refused):
        credit(invoice, **values)

    assert (numbers(), Invoice.objects.get(pk=invoice.pk).status) == ([], "ISSUED")
    assert InvoiceIssuer.objects.get(prefix="INV").last_credit_number == 0


def test_an_invoice_is_credited_once_and_a_draft_never():
    invoice, untouched = issue(draft()), draft()
    credit(invoice)

    for one in (invoice, untouched):
        with pytest.raises(IllegalMove):
            credit(one)

    assert (numbers(), InvoiceIssuer.objects.get(prefix="INV").last_credit_number) == (["INV-C0001"], 1)


def test_a_credit_that_is_rolled_back_leaves_no_gap():
    with pytest.raises(RuntimeError), transaction.atomic():
        credit(issue(draft()))
        raise RuntimeError("the power failed")

    assert credit(issue(draft())).credit_note.number == "INV-C0001"


def test_a_note_is_never_changed_or_deleted():
    note = credit(issue(draft())).credit_note
    note.net = pounds(1)

    for change in (note.save, note.delete):
        with pytest.raises(IsFrozen, match="A credit note is never"):
            change()

    assert CreditNote.objects.get().net == pounds(350)


@pytest.mark.parametrize("values", [{"sequence": 1}, {"sequence": 0}, {"number": "INV-C0001"}, {"net": 0}, {"vat": -1}, {"reason": ""}])
def test_the_database_refuses_a_note_that_is_not_whole(values):
    first, other = credit(issue(draft())).credit_note, issue(draft())
    given = {
        "invoice": other, "issuer": first.issuer, "sequence": 2, "number": "INV-C0002", "credited_on": date(2026, 11, 18), "credited_by": "Pat",
        "net": 350, "vat": 0, "reason": "Wrong", **values,
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        CreditNote.objects.create(**given)


def test_numbers_are_written_by_the_two_actions_alone():
    root = Path(settings.BASE_DIR)
    sources = [path for folder in ("site", "s2s_forms", "s2s_workflow", "health_checks") for path in (root / folder).rglob("*.py")]
    writers = {
        path.relative_to(root).as_posix()
        for path in sources
        if "migrations" not in path.parts and any(word in path.read_text() for word in ("last_number +=", "last_credit_number +=", "CreditNote.objects.create"))
    }  # fmt: skip

    assert writers == {"site/finance/actions/issue_invoice.py", "site/finance/actions/credit_invoice.py"}


def test_invoices_of_a_case_come_with_their_notes_in_one_query(django_assert_num_queries):
    for _number in range(3):
        credit(issue(draft()))
    issue(draft())

    with django_assert_num_queries(1):
        found = [getattr(invoice, "credit_note", None) for invoice in invoices_of_case("S2S-1").exclude(number=None)]

    assert sorted(note.number if note else "" for note in found) == ["", "INV-C0001", "INV-C0002", "INV-C0003"]


def test_who_credited_is_exported_and_erased_and_the_note_stays():
    finance = make_user(Role.FINANCE, first_name="Canary", last_name="Wildgoose")
    note = credit(issue(draft()), by=finance).credit_note
    assert [row["credited_by"] for row in personal_data_of(finance)["invoices credited"]] == ["Canary Wildgoose"]

    erase_person(user=finance, by=Actor.job("erase"), at=NOON, reason="They asked")

    note.refresh_from_db()
    assert (note.credited_by, note.number, note.net) == ("Erased person", "INV-C0001", pounds(350))
    assert "Canary" not in str(list(CreditNote.history.values()))


def test_invoices_credited_before_there_were_notes_get_theirs_in_the_order_of_the_credits():
    school, finance = make_school(urn="990123"), make_user(Role.FINANCE)
    early, late, theirs = issue(draft()), issue(draft()), issue(draft(issuer=school))
    for invoice in (late, early, theirs):
        credit(invoice, by=finance, reason=f"Wrong, {invoice.number}")
    CreditNote.history.all().delete()
    CreditNote.objects.all().delete()
    InvoiceIssuer.objects.update(last_credit_number=0)
    Invoice.history.filter(id=early.pk, status="CREDITED").update(history_date=NOON - timedelta(days=40))
    write_notes = import_module("finance.migrations.0008_notes_of_earlier_credits").write_notes

    for _run in range(2):
        write_notes(apps, None)

    found = {note.invoice_id: note for note in CreditNote.objects.all()}
    assert {key: note.number for key, note in found.items()} == {early.pk: "INV-C0001", late.pk: "INV-C0002", theirs.pk: "990123-C0001"}
    assert (found[early.pk].credited_on, found[early.pk].credited_by, found[early.pk].reason) == (
        date(2026, 10, 9), str(finance), f"Wrong, {early.number}",
    )  # fmt: skip
    assert last("last_credit_number") == {"INV": 2, "990123": 1}
    told = InvoiceIssuer.history.filter(prefix="INV").first()
    assert (told.last_credit_number, told.last_number, told.history_actor) == (2, 2, "installation")
    assert len(personal_data_of(finance)["invoices credited"]) == 3
    assert credit(issue(draft())).credit_note.number == "INV-C0003"

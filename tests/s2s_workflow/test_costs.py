"""Costs of a project in the portal: invoices for approved time, refunds, and who reads which invoice (D3, D4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from alliance.models import User
from alliance.roles import Role
from common.form_keys import new_form_key
from finance.enums import InvoicePurpose, InvoiceStatus
from finance.models import Invoice
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.enums import Stage, TimeState
from s2s_workflow.models import TimeSheetLine
from tests.factories.finance import credit, draft, issue
from tests.factories.kept import kept
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import LATER, Cast, at_stage

pytestmark = pytest.mark.django_db
IN_ADVANCE = {"money_route": "IN_ADVANCE"}
BY_SCHOOL = {"money_route": "SUPPORTING_SCHOOL_INVOICES"}


def address(cast: Cast, slug: str) -> str:
    return reverse("s2s_workflow:step", args=[cast.project.case.reference, slug])


def send(client: Client, user: User, url: str, **values: Any) -> Any:
    client.force_login(user)
    return client.post(url, {"form_key": new_form_key(), **values})


def tab_of(client: Client, user: User, cast: Cast) -> str:
    client.force_login(user)
    return client.get(reverse("portal:case_tab", args=[cast.project.case.reference, "costs"])).content.decode()


@kept
def delivered(rules: dict[str, Any] | None = None) -> Cast:
    """A project with one visit whose time its leader's head approved."""
    cast = at_stage(Stage.ACTIVE, **({"rules": rules} if rules else {}))
    cast.note_visit()
    cast.approve_time()
    return cast


def test_finance_drafts_the_invoices_for_approved_time(client):
    cast = delivered()
    client.force_login(cast.finance)
    page = client.get(address(cast, "invoice-time")).content.decode()

    response = send(client, cast.finance, address(cast, "invoice-time"))

    assert ("£150.00" in page, "The alliance invoices" in page, response.status_code) == (True, True, 302)
    drafted = Invoice.objects.filter(case_reference=cast.project.case.reference)
    assert set(drafted.values_list("purpose", "status", "net")) == {
        (InvoicePurpose.CHARGE, InvoiceStatus.DRAFT, Decimal("150.00")),
        (InvoicePurpose.SUPPORTING_SHARE, InvoiceStatus.DRAFT, Decimal("127.50")),
    }
    assert TimeSheetLine.objects.get().state == TimeState.INVOICED


def test_time_is_invoiced_once(client):
    cast = delivered()
    send(client, cast.finance, address(cast, "invoice-time"))
    number = Invoice.objects.count()

    page = send(client, cast.finance, address(cast, "invoice-time"))

    assert page.status_code == 302
    assert "No approved time waits for an invoice." in client.get(page["Location"]).content.decode()
    assert (Invoice.objects.count(), "invoice-time" in tab_of(client, cast.finance, cast)) == (number, False)


@pytest.mark.parametrize("slug", ["invoice-time", "record-refund"])
def test_money_is_handled_by_finance_and_the_s2s_lead_alone(client, slug):
    cast = delivered()
    people = {
        "lead": cast.lead, "finance": cast.finance, "broker": cast.broker, "head": cast.head, "supporting head": cast.supporting_head,
        "leader": cast.leader.user, "editor": make_user(Role.EDITOR),
    }  # fmt: skip
    found = {}
    for name, user in people.items():
        client.force_login(user)
        found[name] = client.get(address(cast, slug)).status_code
        if found[name] != 200:
            assert send(client, user, address(cast, slug)).status_code == found[name]

    assert found == {
        "lead": 200, "finance": 200, "broker": 403, "head": 403, "supporting head": 403, "leader": 403, "editor": 404,
    }  # fmt: skip
    assert Invoice.objects.count() == 0


def test_a_refund_is_recorded_with_how_it_was_paid(client):
    cast = at_stage(Stage.ACTIVE, rules=IN_ADVANCE)
    cast.exit()
    before = tab_of(client, cast.finance, cast)
    cancel_visit(visit=cast.visit, reason="It ends early.", by=cast.broker, at=LATER)
    move_project(project=cast.fresh(), to=Stage.FINAL_REVIEW_DUE, by=cast.broker, at=LATER)
    tab = tab_of(client, cast.finance, cast)
    client.force_login(cast.finance)
    page = client.get(address(cast, "record-refund")).content.decode()

    send(client, cast.finance, address(cast, "record-refund"), reason="By transfer of 4 May.")

    project = cast.fresh()
    assert "record-refund" not in before
    assert ("record-refund" in tab, "£600.00" in page, project.refunded_by) == (True, True, cast.finance)
    assert project.history.first().history_change_reason == "By transfer of 4 May."
    assert "record-refund" not in tab_of(client, cast.finance, cast)


def test_where_nothing_is_to_be_refunded_nothing_is_recorded(client):
    cast = delivered()

    page = send(client, cast.lead, address(cast, "record-refund"), reason="By transfer").content.decode()

    assert "There is nothing to refund." in page
    assert cast.fresh().refunded_at is None


def numbers(cast: Cast) -> dict[str, str]:
    """What each invoice of the case is for, to its number."""
    found = Invoice.objects.filter(case_reference=cast.project.case.reference)
    return {invoice.purpose: str(invoice.number) for invoice in found}


@pytest.mark.parametrize(("rules", "head_sees", "supporting_head_sees"), [
    (None, {InvoicePurpose.CHARGE}, {InvoicePurpose.SUPPORTING_SHARE}),
    (BY_SCHOOL, {InvoicePurpose.CHARGE}, {InvoicePurpose.CHARGE, InvoicePurpose.BROKERAGE}),
], ids=["alliance invoices", "supporting school invoices"])  # fmt: skip
def test_each_school_reads_the_invoices_that_it_pays_or_that_are_written_in_its_name(client, rules, head_sees, supporting_head_sees):
    cast = delivered(rules)
    cast.invoice()
    as_drafts = ["No invoice yet." in tab_of(client, user, cast) for user in (cast.head, cast.supporting_head)]
    cast.settle()
    given = numbers(cast)

    def seen(user: User) -> set[str]:
        page = tab_of(client, user, cast)
        return {purpose for purpose, number in given.items() if number in page}

    assert as_drafts == [True, True]
    assert (seen(cast.head), seen(cast.supporting_head), seen(cast.finance), seen(cast.broker)) == (
        head_sees, supporting_head_sees, set(given), set(given),
    )  # fmt: skip


def test_a_supporting_head_reads_no_invoice_of_another_supporting_school(client):
    cast = delivered()
    cast.invoice()
    cast.settle()
    other = issue(draft(case_reference=cast.project.case.reference, issuer=make_school(name="Second Supporting School")))

    pages = [tab_of(client, user, cast) for user in (cast.supporting_head, cast.finance)]

    assert [str(other.number) in page for page in pages] == [False, True]


def test_those_who_handle_invoices_are_led_to_the_admin(client):
    cast = delivered()
    cast.invoice()
    invoice = Invoice.objects.order_by("pk").first()
    assert invoice
    link = reverse("wagtailsnippets_finance_invoice:inspect", args=[invoice.pk])

    pages = {user.pk: link in tab_of(client, user, cast) for user in (cast.finance, cast.lead, cast.broker)}

    assert pages == {cast.finance.pk: True, cast.lead.pk: True, cast.broker.pk: False}


def test_leaders_and_governors_have_no_costs_tab(client):
    cast = delivered()
    statuses = []
    for user in (cast.leader.user, make_head(cast.school, kind="chair-of-governors")):
        client.force_login(user)
        statuses.append(client.get(reverse("portal:case_tab", args=[cast.project.case.reference, "costs"])).status_code)

    assert statuses == [404, 404]


@pytest.mark.parametrize("who", ["finance", "head", "supporting_head"])
def test_the_tab_costs_the_same_for_few_invoices_and_for_many(client, who):
    cast = delivered()
    cast.invoice()
    user = getattr(cast, who)
    client.force_login(user)

    def queries() -> int:
        url = reverse("portal:case_tab", args=[cast.project.case.reference, "costs"])
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    few = queries()
    for _number in range(9):
        draft(case_reference=cast.project.case.reference, issuer=cast.supporting_school)

    assert (queries(), few <= 40) == (few, True), few


def test_a_credited_invoice_names_its_credit_note_to_the_school_that_was_to_pay(client):
    cast = delivered()
    cast.invoice()
    invoice = Invoice.objects.get(case_reference=cast.project.case.reference, purpose=InvoicePurpose.CHARGE)
    issued = issue(invoice, at=LATER)
    assert "-C0001" not in tab_of(client, cast.head, cast)

    note = credit(issued, at=LATER).credit_note

    assert f"by {note.number}, {date_format(note.credited_on, 'j M Y')}" in tab_of(client, cast.head, cast)

"""What finance tells the apps above it, and that they may refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.dispatch import Signal

from alliance.roles import Role
from common.actions import Refusal
from finance.actions.credit_invoice import credit_invoice
from finance.actions.discard_invoice import discard_invoice
from finance.models import Invoice, InvoiceIssuer
from finance.signals import invoice_handled, invoice_moved
from tests.conftest import NOON
from tests.factories.finance import draft, issue
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@contextmanager
def listening(signal: Signal, receiver: Any) -> Iterator[None]:
    signal.connect(receiver)
    try:
        yield
    finally:
        signal.disconnect(receiver)


def test_each_move_of_an_invoice_is_told_with_its_moment():
    heard = []

    def hear(invoice: Invoice, at: Any, **kwargs: Any) -> None:
        heard.append((invoice.pk, invoice.status, at, invoice.lines.filter(is_void=True).exists()))

    finance = make_user(Role.FINANCE)
    with listening(invoice_moved, hear):
        first, second = draft(), draft()
        issued = issue(first)
        credit_invoice(invoice=issued, reason="Wrong days", by=finance, at=NOON)
        discard_invoice(invoice=second, reason="Wrong school", by=finance, at=NOON)

    assert heard == [
        (first.pk, "ISSUED", NOON, False), (first.pk, "CREDITED", NOON, True), (second.pk, "DISCARDED", NOON, True),
    ]  # fmt: skip


def test_a_receiver_may_refuse_and_nothing_is_changed():
    def refuse(invoice: Invoice, by: Any, **kwargs: Any) -> None:
        raise Refusal(f"Not {by}.")

    invoice, finance = draft(), make_user(Role.FINANCE)
    with listening(invoice_handled, refuse), pytest.raises(Refusal, match=f"Not {finance}."):
        issue(invoice, by=finance)

    assert (Invoice.objects.get(pk=invoice.pk).status, InvoiceIssuer.objects.get(prefix="INV").last_number) == ("DRAFT", 0)


def test_an_error_in_a_receiver_undoes_the_move():
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the turns")

    invoice = draft()
    with listening(invoice_moved, fail), pytest.raises(RuntimeError):
        issue(invoice)

    assert (Invoice.objects.get(pk=invoice.pk).status, InvoiceIssuer.objects.get(prefix="INV").last_number) == ("DRAFT", 0)


def test_somebody_who_handles_no_invoices_is_refused_before_anybody_is_asked():
    asked = []

    def hear(**kwargs: Any) -> None:
        asked.append(kwargs)

    with listening(invoice_handled, hear), pytest.raises(PermissionDenied):
        issue(draft(), by=make_user(Role.BROKER))

    assert asked == []

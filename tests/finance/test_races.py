"""Many at once (promise 8): numbers without gaps or doubles, work billed once, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from alliance.models import User
from alliance.roles import Role
from common.actions import IllegalMove
from finance.actions.draft_invoices import draft_invoices
from finance.enums import MoneyRoute
from finance.models import CreditNote, Invoice, InvoiceIssuer, InvoiceLine, Quote
from finance.models.effective import UsedInQuote
from finance.parties import Party
from finance.policies import WorkIsBilled
from tests.conftest import NOON
from tests.factories.finance import ALLIANCE, credit, draft, issue, line, make_rate, pounds, quote, time
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8


class PowerFailed(Exception):
    """What ends a transaction before it is committed."""


@pytest.fixture
def finance(transactional_db: None) -> User:
    return make_user(Role.FINANCE)


def race(run: Callable[[int], str]) -> Counter[str]:
    """Start one thread for each racer at the same moment; what each of them came to. Other exceptions fail the test."""
    barrier = Barrier(RACERS)

    def one(number: int) -> str:
        try:
            barrier.wait(timeout=20)
            return run(number)
        except (IllegalMove, WorkIsBilled, UsedInQuote, PowerFailed) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as threads:
        return Counter(threads.map(one, range(RACERS)))


def numbers() -> list[int]:
    return sorted(Invoice.objects.exclude(sequence=None).values_list("sequence", flat=True))


def test_many_issued_at_once_have_numbers_without_gaps_or_doubles(finance):
    invoices = [draft() for _number in range(RACERS)]

    def issue_one(number: int) -> str:
        return issue(invoices[number], by=finance).status

    assert race(issue_one) == {"ISSUED": RACERS}
    assert (numbers(), InvoiceIssuer.objects.get(prefix="INV").last_number) == (list(range(1, RACERS + 1)), RACERS)


def test_issues_that_fail_among_others_leave_no_gap(finance):
    invoices = [draft() for _number in range(RACERS)]

    def issue_or_fail(number: int) -> str:
        with transaction.atomic():
            issued = issue(invoices[number], by=finance)
            if number % 2:
                raise PowerFailed
        return issued.status

    assert race(issue_or_fail) == {"ISSUED": RACERS // 2, "PowerFailed": RACERS // 2}
    assert numbers() == list(range(1, RACERS // 2 + 1))


def test_one_invoice_issued_by_many_gets_one_number(finance):
    invoice = draft()

    assert race(lambda number: issue(invoice, by=finance).status) == {"ISSUED": 1, "IllegalMove": RACERS - 1}
    assert numbers() == [1]


def credit_numbers() -> list[int]:
    return sorted(CreditNote.objects.values_list("sequence", flat=True))


def test_many_credited_at_once_have_notes_without_gaps_or_doubles(finance):
    invoices = [issue(draft(), by=finance) for _number in range(RACERS)]

    assert race(lambda number: credit(invoices[number], by=finance).status) == {"CREDITED": RACERS}
    issuer = InvoiceIssuer.objects.get(prefix="INV")
    assert (credit_numbers(), issuer.last_credit_number, issuer.last_number) == (list(range(1, RACERS + 1)), RACERS, RACERS)


def test_credits_that_fail_among_others_leave_no_gap(finance):
    invoices = [issue(draft(), by=finance) for _number in range(RACERS)]

    def credit_or_fail(number: int) -> str:
        with transaction.atomic():
            credited = credit(invoices[number], by=finance)
            if number % 2:
                raise PowerFailed
        return credited.status

    assert race(credit_or_fail) == {"CREDITED": RACERS // 2, "PowerFailed": RACERS // 2}
    assert credit_numbers() == list(range(1, RACERS // 2 + 1))
    assert Invoice.objects.filter(status="CREDITED").count() == RACERS // 2


def test_one_invoice_credited_by_many_gets_one_note(finance):
    invoice = issue(draft(), by=finance)

    assert race(lambda number: credit(invoice, by=finance).status) == {"CREDITED": 1, "IllegalMove": RACERS - 1}
    assert credit_numbers() == [1]


def test_issuing_and_crediting_at_once_count_each_for_itself(finance):
    drafts, issued = [draft() for _number in range(RACERS)], [issue(draft(), by=finance) for _number in range(RACERS)]

    def issue_or_credit(number: int) -> str:
        return (credit(issued[number], by=finance) if number % 2 else issue(drafts[number], by=finance)).status

    assert race(issue_or_credit) == {"ISSUED": RACERS // 2, "CREDITED": RACERS // 2}
    assert (numbers(), credit_numbers()) == (list(range(1, RACERS * 3 // 2 + 1)), list(range(1, RACERS // 2 + 1)))


def test_work_drafted_by_many_is_billed_once(finance):
    school, supporter, work = Party.of_school(make_school()), Party.of_school(make_school()), time(reference="T1")

    def draft_one(number: int) -> str:
        draft_invoices(
            route=MoneyRoute.ALLIANCE_INVOICES, payer=school, supporting_school=supporter, alliance=ALLIANCE, lines=[work],
            case_reference=f"S2S-{number}", by=finance, at=NOON,
        )  # fmt: skip
        return "drafted"

    assert race(draft_one) == {"drafted": 1, "WorkIsBilled": RACERS - 1}
    assert (Invoice.objects.count(), InvoiceLine.objects.count(), InvoiceIssuer.objects.count()) == (2, 2, 2)


def test_quotes_made_at_once_are_versions_of_their_own(finance):
    make_rate()

    assert race(lambda number: str(quote(line()).total)) == {"350.00": RACERS}
    assert sorted(Quote.objects.values_list("version", flat=True)) == list(range(1, RACERS + 1))


def test_a_rate_is_either_changed_before_it_is_used_or_not_at_all(finance):
    rate = make_rate()

    def use_or_change(number: int) -> str:
        if number % 2:
            return str(quote(line(), reference=f"S2S-{number}").total)
        changed = type(rate).objects.get(pk=rate.pk)
        changed.full_day = pounds(400)
        changed.save()
        return "changed"

    race(use_or_change)

    rate.refresh_from_db()
    assert {one.total for one in Quote.objects.all()} == {rate.full_day}

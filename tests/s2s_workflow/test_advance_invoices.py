"""An invoice in advance that was thrown away or credited is wanted again: by finance, who see the case and draft it (D3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from alliance.models import User
from alliance.roles import Role
from cases.models import Case, Turn
from finance.actions.credit_invoice import credit_invoice
from finance.actions.discard_invoice import discard_invoice
from finance.actions.mark_paid import mark_paid
from finance.actions.query_invoice import query_invoice
from finance.enums import InvoiceStatus
from finance.models import Invoice
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.close_project import close_project
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.invoice_in_advance import invoice_in_advance
from s2s_workflow.actions.invoice_time import NothingToInvoice
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.actions.resubmit_time import resubmit_time
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import Stage
from s2s_workflow.models import TimeSheetLine
from s2s_workflow.money import quote_of
from s2s_workflow.policies import NotNow, NotReady
from tests.factories.finance import issue, make_rate
from tests.factories.people import make_user
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
IN_ADVANCE = {"money_route": "IN_ADVANCE"}
SLUG = "invoice-in-advance"


def signed() -> Cast:
    """Signed by all, and invoiced in advance: a draft."""
    return at_stage(Stage.ACTIVE, rules=IN_ADVANCE)


def the_invoice(cast: Cast) -> Invoice:
    return Invoice.objects.filter(case_reference=cast.project.case.reference).latest("pk")


def throw_away(cast: Cast) -> Invoice:
    return discard_invoice(invoice=the_invoice(cast), reason="Wrong payer.", by=cast.finance, at=LATER)


def credit(cast: Cast) -> Invoice:
    return credit_invoice(invoice=issue(the_invoice(cast)), reason="Wrong payer.", by=cast.finance, at=LATER)


def turns_of(cast: Cast, user: User) -> list[str]:
    found = Turn.objects.of(user, on=LATER.date()).filter(case=cast.project.case)
    return list(found.values_list("key", flat=True))


def sees(cast: Cast, user: User) -> bool:
    return Case.objects.visible_to(user, on=timezone.localdate()).filter(pk=cast.project.pk).exists()


@pytest.mark.parametrize("take_back", [throw_away, credit])
def test_finance_drafts_an_invoice_that_was_taken_back_again(take_back):
    cast = signed()
    before = (turns_of(cast, cast.finance), Portal(cast.finance, cast.project).offers("costs"))
    taken_back = take_back(cast)
    finance = Portal(cast.finance, cast.project)
    asked, offered, page = turns_of(cast, cast.finance), finance.offers("costs"), finance.get(SLUG).content.decode()

    response = finance.post(SLUG)

    again = the_invoice(cast)
    assert (before, asked, offered) == (([], set()), [SLUG], {SLUG})
    assert ("£600.00" in page, response.status_code) == (True, 302)
    assert (again.pk != taken_back.pk, again.status, again.net, again.payer_school) == (
        True, InvoiceStatus.DRAFT, Decimal("600.00"), cast.school,
    )  # fmt: skip
    assert (turns_of(cast, cast.finance), finance.offers("costs")) == ([], set())
    assert cast.project.case.events.filter(sentence="The invoice in advance was drafted again.", actor=cast.finance).count() == 1


def stands_as_draft(cast: Cast) -> None:
    pass


def stands_issued(cast: Cast) -> None:
    issue(the_invoice(cast))


def stands_paid(cast: Cast) -> None:
    mark_paid(invoice=issue(the_invoice(cast)), paid_on=LATER.date(), by=cast.finance, at=LATER)


@pytest.mark.parametrize("stand", [stands_as_draft, stands_issued, stands_paid])
def test_while_an_invoice_stands_no_other_is_drafted(stand):
    cast = signed()
    stand(cast)

    with pytest.raises(NothingToInvoice):
        invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)
    Portal(cast.lead, cast.project).post(SLUG)

    assert Invoice.objects.count() == 1
    assert (turns_of(cast, cast.finance), Portal(cast.lead, cast.project).offers("costs")) == ([], set())


def test_whoever_comes_second_drafts_nothing():
    cast = signed()
    throw_away(cast)
    mine, theirs = cast.fresh(), cast.fresh()
    invoice_in_advance(project=mine, by=cast.finance, at=LATER)

    with pytest.raises(NothingToInvoice):
        invoice_in_advance(project=theirs, by=cast.lead, at=LATER)

    assert list(Invoice.objects.order_by("pk").values_list("status", flat=True)) == ["DISCARDED", "DRAFT"]


@pytest.mark.parametrize(("rules", "stage"), [(IN_ADVANCE, Stage.AWAITING_SIGNATURE), ({"money_route": "ALLIANCE_INVOICES"}, Stage.ACTIVE)])
def test_nothing_is_drafted_before_the_signature_nor_on_another_route(rules, stage):
    cast = at_stage(stage, rules=rules)

    with pytest.raises(NothingToInvoice):
        invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)

    assert (Invoice.objects.count(), turns_of(cast, cast.finance)) == (0, [])


def test_only_finance_and_the_lead_draft_it():
    cast = signed()
    throw_away(cast)
    people = {
        "lead": cast.lead, "finance": cast.finance, "broker": cast.broker, "head": cast.head, "supporting head": cast.supporting_head,
        "leader": cast.leader.user, "editor": make_user(Role.EDITOR),
    }  # fmt: skip
    opened = {name: Portal(user, cast.project).get(SLUG).status_code for name, user in people.items()}
    posted = {name: Portal(people[name], cast.project).post(SLUG).status_code for name, status in opened.items() if status != 200}

    with pytest.raises(PermissionDenied):
        invoice_in_advance(project=cast.fresh(), by=cast.broker, at=LATER)

    assert opened == {"lead": 200, "finance": 200, "broker": 403, "head": 403, "supporting head": 403, "leader": 403, "editor": 404}
    assert posted == {name: status for name, status in opened.items() if status != 200}
    assert Invoice.objects.count() == 1


def test_a_project_is_not_closed_while_what_was_given_is_on_no_invoice():
    cast = signed()
    issued = issue(the_invoice(cast))
    reach(cast, Stage.DISSEMINATED)
    cast.approve_time()
    cast.invoice()
    credit_invoice(invoice=issued, reason="Wrong payer.", by=cast.finance, at=LATER)
    cast.settle()

    with pytest.raises(NotReady, match="draft it again"):
        close_project(project=cast.fresh(), reason="Done.", by=cast.lead, at=LATER)
    asked = turns_of(cast, cast.finance)
    invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)
    cast.settle()
    record_refund(project=cast.fresh(), by=cast.finance, at=LATER)
    close_project(project=cast.fresh(), reason="Done.", by=cast.lead, at=LATER)

    assert (asked, cast.fresh().stage) == ([SLUG], Stage.CLOSED)


def test_where_nothing_was_given_a_credited_invoice_is_not_wanted_again():
    """Everything would be refunded; crediting did that."""
    cast = signed()
    cast.exit()
    cancel_visit(visit=cast.visit, reason="It ends.", by=cast.broker, at=LATER)
    move_project(project=cast.fresh(), to=Stage.FINAL_REVIEW_DUE, by=cast.broker, at=LATER)

    credit(cast)

    assert SLUG not in turns_of(cast, cast.finance)
    with pytest.raises(NothingToInvoice):
        invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)


# --- What was taken back is not refunded ----------------------------------------------------------


def refund(cast: Cast) -> Decimal | None:
    return cast.fresh().refund_due


@pytest.mark.parametrize("take_back", [throw_away, credit])
def test_nothing_is_refunded_of_an_invoice_that_was_taken_back_before_the_end(take_back):
    cast = signed()
    take_back(cast)
    reach(cast, Stage.FINAL_REVIEW_DUE)
    cast.approve_time()

    assert (refund(cast), set(turns_of(cast, cast.finance))) == (0, {"invoice", SLUG})
    with pytest.raises(NotNow):
        record_refund(project=cast.fresh(), by=cast.finance, at=LATER)


@pytest.mark.parametrize("take_back", [throw_away, credit])
def test_what_is_refunded_follows_the_invoice_that_is_taken_back_and_drafted_again_after_the_end(take_back):
    cast = signed()
    reach(cast, Stage.FINAL_REVIEW_DUE)
    cast.approve_time()
    before = refund(cast), "refund" in turns_of(cast, cast.finance)
    take_back(cast)
    taken_back = refund(cast), "refund" in turns_of(cast, cast.finance)

    invoice_in_advance(project=cast.fresh(), by=cast.finance, at=LATER)

    again = refund(cast), "refund" in turns_of(cast, cast.finance)
    assert (before, taken_back, again) == ((450, True), (0, False), (450, True))


# --- Time on an invoice that was taken back -------------------------------------------------------


def test_time_on_a_draft_that_was_thrown_away_is_asked_for_and_offered_again():
    cast = at_stage(Stage.FINAL_REVIEW_DUE)
    cast.approve_time()
    cast.invoice()
    before = turns_of(cast, cast.finance)
    for invoice in Invoice.objects.all():
        discard_invoice(invoice=invoice, reason="Wrong payer.", by=cast.finance, at=LATER)
    finance = Portal(cast.finance, cast.project)
    asked, offered, page = turns_of(cast, cast.finance), finance.offers("costs"), finance.get("invoice-time").content.decode()

    finance.post("invoice-time")

    assert (before, asked, offered, "£150.00" in page) == ([], ["invoice"], {"invoice-time"}, True)
    assert Invoice.objects.filter(status=InvoiceStatus.DRAFT).count() == 2
    assert turns_of(cast, cast.finance) == []


# --- Which cases finance see ----------------------------------------------------------------------


def nothing_more(cast: Cast) -> None:
    pass


def issued(cast: Cast) -> None:
    issue(the_invoice(cast))


def queried(cast: Cast) -> None:
    query_invoice(invoice=issue(the_invoice(cast)), reason="Which days?", by=cast.finance, at=LATER)


def time_approved(cast: Cast) -> None:
    stands_paid(cast)
    cast.note_visit()
    cast.approve_time()


def refund_due(cast: Cast) -> None:
    stands_paid(cast)
    reach(cast, Stage.FINAL_REVIEW_DUE)


@pytest.mark.parametrize(
    ("happens", "is_seen"),
    [
        (nothing_more, True), (issued, True), (queried, True), (stands_paid, False), (time_approved, True), (refund_due, True),
        (throw_away, True), (credit, True),
    ],
)  # fmt: skip
def test_finance_see_a_case_while_there_is_money_to_see_to(happens: Callable[[Cast], Any], is_seen: bool):
    cast = signed()
    happens(cast)

    assert sees(cast, cast.finance) is is_seen
    assert sees(cast, make_user(Role.EDITOR)) is False


def test_finance_see_no_case_before_there_is_money():
    cast = at_stage(Stage.AWAITING_SIGNATURE, rules=IN_ADVANCE)

    assert sees(cast, cast.finance) is False


def test_corrected_visits_cost_together_what_was_quoted_to_the_penny():
    """£100 for three half days, a third of which is no whole pennies; each visit's time is sent back and corrected once more."""
    cast = Cast(rules=IN_ADVANCE)
    make_rate(60, 40, 50, 30, designation="")
    cast.half_days = 3
    reach(cast, Stage.ACTIVE)
    visits = [cast.visit]
    for number in (1, 2):
        day = VISIT_ON + timedelta(days=number)
        visits.append(plan_visit(deployment=cast.deployment, visit_date=day, half="AM", by=cast.broker, at=LATER))
    texts = {"action_taken": "a", "impact": "b", "next_steps": "c", "evidence": {}}
    for number, visit in enumerate(visits):
        at = LATER + timedelta(days=number)
        write_note(visit=visit, **texts, by=cast.leader.user, at=at)
        for earlier in visits[: number + 1]:
            line = TimeSheetLine.objects.get(visit=earlier)
            decide_time(line=line, approve=False, reason="Again.", by=cast.supporting_head, at=at)
            resubmit_time(line=line, half_days=1, by=cast.leader.user, at=at)

    lines, quote = TimeSheetLine.objects.order_by("pk"), quote_of(cast.fresh())
    assert quote is not None
    assert (quote.total, quote.supporting_total) == (Decimal("100.00"), Decimal("80.00"))
    assert (sum(line.charge for line in lines), sum(line.supporting_share for line in lines)) == (quote.total, quote.supporting_total)

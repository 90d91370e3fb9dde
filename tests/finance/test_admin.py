"""Finance in the Wagtail admin: rates through moderation, invoices by their buttons; lists cost the same for one row and for fifty."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.roles import Role
from finance.models import CancellationPolicy, CreditNote, Invoice, InvoiceIssuer, InvoiceLine, Quote, QuoteLine, RateCard
from tests.factories.finance import approve, credit, draft, draft_rate, issue, line, make_policy, make_quote_of, make_rate, pounds, quote
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2025, 9, 1)


def rate_of(number: int) -> RateCard:
    values = {"full_day": 350, "half_day": 175, "supporting_full_day": 300, "supporting_half_day": 150}
    return RateCard.objects.create(designation="SLE", effective_from=date(2025, 1, 1 + number % 28), is_superseded=number > 27, **values)


MAKERS = {
    RateCard: rate_of,
    CancellationPolicy: lambda n: CancellationPolicy.objects.create(
        effective_from=date(2025, 1, 1 + n % 28), bands=[("band", {"notice": 0, "percent": 50})], is_superseded=n > 27
    ),
    Quote: lambda n: quote(line(is_reciprocal=True), reference=f"S2S-{n}"),
    QuoteLine: lambda n: quote(line(is_reciprocal=True), reference=f"S2S-{n}").lines.get(),
    Invoice: lambda n: draft(issuer=make_school()),
    InvoiceLine: lambda n: draft().lines.get(),
    CreditNote: lambda n: credit(issue(draft())).credit_note,
    InvoiceIssuer: lambda n: draft(issuer=make_school()).issuer,
}
MODELS = list(MAKERS)


def address(model, page: str, *args) -> str:
    return reverse(f"{model.snippet_viewset.url_namespace}:{page}", args=args)


@pytest.fixture
def finance(client):
    user = make_user(Role.FINANCE)
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", MODELS)
def test_list_costs_the_same_queries_for_one_row_and_for_many(client, finance, model):
    MAKERS[model](0)
    client.get(address(model, "list"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(model, "list"))
    for number in range(1, 20):
        MAKERS[model](number)

    with CaptureQueriesContext(connection) as many:
        response = client.get(address(model, "list"))

    assert len(response.context["object_list"]) >= 20
    assert len(many) == len(few)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["inspect", "field_history"])
def test_pages_of_an_object_open_for_finance(client, finance, model, page):
    assert client.get(address(model, page, MAKERS[model](0).pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_exports(client, finance, model, kind):
    MAKERS[model](0)

    response = client.get(address(model, "list"), {"export": kind})

    assert (response.status_code, len(b"".join(response.streaming_content)) > 0) == (200, True)


# --- Rates ----------------------------------------------------------------------------------------

RATE = {
    "designation": "SLE", "effective_from": "01/09/2025", "full_day": "350", "half_day": "175", "supporting_full_day": "300",
    "supporting_half_day": "150", "supersedes": "",
}  # fmt: skip


def test_finance_writes_a_rate_and_somebody_else_approves_it(client, finance):
    client.post(address(RateCard, "add"), {**RATE, "action-submit": "Submit"})
    rate = RateCard.objects.get()
    assert (rate.live, rate.workflow_in_progress) == (False, True)
    approval = reverse(
        f"{RateCard.snippet_viewset.url_namespace}:workflow_action", args=[rate.pk, "approve", rate.current_workflow_task_state.pk]
    )

    client.post(approval)
    rate.refresh_from_db()
    assert not rate.live
    client.force_login(make_user(Role.S2S_LEAD))
    client.post(approval)

    rate.refresh_from_db()
    assert (rate.live, rate.full_day) == (True, pounds(350))


def test_nobody_publishes_a_rate_from_the_form_not_even_a_superuser(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    rate = draft_rate()

    client.post(address(RateCard, "edit", rate.pk), {**RATE, "action-publish": "Publish"})

    rate.refresh_from_db()
    assert not rate.live


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"supporting_full_day": "351"}, "The supporting school’s share cannot be more than the charge."),
        ({"half_day": "0", "supporting_half_day": "0"}, "No school gives support free: every rate and share is above zero."),
        ({"effective_from": SEPTEMBER.strftime("%d/%m/%Y"), "designation": "NLE"}, "There is one from this day already."),
    ],
)
def test_a_rate_that_cannot_be_is_refused_beside_the_form(client, finance, values, error):
    make_rate(designation="NLE")

    response = client.post(address(RateCard, "add"), {**RATE, **values})

    assert error in response.content.decode()
    assert RateCard.objects.count() == 1


def test_a_used_rate_is_not_edited(client, finance):
    rate = make_rate()
    make_quote_of(rate)

    response = client.post(address(RateCard, "edit", rate.pk), {**RATE, "full_day": "400"})

    assert "A quote was made with this, so it stays as it is." in response.content.decode()
    assert not RateCard.objects.get().has_unpublished_changes


def test_approving_a_second_rate_for_the_same_day_is_refused_and_changes_nothing(client, finance):
    first, second = draft_rate(), draft_rate(400, 200)
    approve(first)
    second.get_workflow().start(second, finance)
    client.force_login(make_user(Role.S2S_LEAD))
    state = RateCard.objects.get(pk=second.pk).current_workflow_task_state

    approval = reverse(f"{RateCard.snippet_viewset.url_namespace}:workflow_action", args=[second.pk, "approve", state.pk])
    edit = address(RateCard, "edit", second.pk)

    from_modal = client.post(approval, headers={"x-requested-with": "XMLHttpRequest"})
    from_form = client.post(edit, {**RATE, "action-workflow-action": "true", "workflow-action-name": "approve"}, follow=True)
    from_page = client.post(approval, follow=True)

    assert from_modal.json() == {"step": "success", "redirect": edit}
    for page in (from_form, from_page):
        assert "Another one is in force from this day already, so nothing was approved." in page.content.decode()
    assert not RateCard.objects.get(pk=second.pk).live


# --- Cancellation policies ------------------------------------------------------------------------


def policy_form(*bands: tuple[int, int]) -> dict[str, str]:
    """What the editor's form sends for a policy of these notices and percentages."""
    sent = {"service": "HEALTH_CHECK", "effective_from": "01/09/2025", "supersedes": "", "bands-count": f"{len(bands)}"}
    for number, (notice, percent) in enumerate(bands):
        place = f"bands-{number}"
        sent |= {f"{place}-deleted": "", f"{place}-order": f"{number}", f"{place}-type": "band", f"{place}-id": ""}
        sent |= {f"{place}-value-notice": f"{notice}", f"{place}-value-percent": f"{percent}"}
    return sent


def test_finance_writes_a_cancellation_policy_and_the_lead_approves_it(client, finance):
    client.post(address(CancellationPolicy, "add"), {**policy_form((0, 100), (10, 0)), "action-submit": "Submit"})
    policy = CancellationPolicy.objects.get()
    assert (policy.live, policy.workflow_in_progress) == (False, True)

    client.force_login(make_user(Role.S2S_LEAD))
    names = [policy.pk, "approve", policy.current_workflow_task_state.pk]
    client.post(reverse(f"{CancellationPolicy.snippet_viewset.url_namespace}:workflow_action", args=names))

    policy.refresh_from_db()
    assert (policy.live, policy.steps) == (True, [(10, 0), (0, 100)])
    shown = client.get(address(CancellationPolicy, "list")).content.decode()
    assert "10 or more working days before: free; Fewer than 10 working days before: 100 per cent of the price" in shown


@pytest.mark.parametrize(
    ("bands", "error"),
    [
        ([], "Say what a cancellation costs with 0 working days"),
        ([(5, 50)], "Say what a cancellation costs with 0 working days"),
        ([(0, 100), (5, 50), (5, 40)], "Two bands have the same notice."),
        ([(0, 50), (5, 60)], "Longer notice cannot cost more than shorter notice."),
        ([(0, 101)], "Ensure this value is less than or equal to 100."),
    ],
)
def test_fees_that_cannot_be_are_refused_beside_the_form(client, finance, bands, error):
    response = client.post(address(CancellationPolicy, "add"), policy_form(*bands))

    assert error in response.content.decode()
    assert not CancellationPolicy.objects.exists()


def test_the_history_tells_a_policys_fees_in_words(client, finance):
    policy = make_policy()

    shown = client.get(address(CancellationPolicy, "field_history", policy.pk)).content.decode()

    assert "10 or more working days before: free 5 or more working days before: 50 per cent of the price" in shown


# --- Invoices -------------------------------------------------------------------------------------


def test_finance_issues_a_draft_from_its_button(client, finance):
    invoice = draft()
    assert address(Invoice, "issue", invoice.pk) in client.get(address(Invoice, "inspect", invoice.pk)).content.decode()

    response = client.post(
        address(Invoice, "issue", invoice.pk), {"vat_treatment": "STANDARD", "vat_percent": "20", "po_number": "PO 7"}, follow=True
    )

    invoice.refresh_from_db()
    assert (invoice.number, invoice.vat, invoice.po_number) == ("INV-0001", pounds(70), "PO 7")
    assert "The invoice was issued: INV-0001" in response.content.decode()


@pytest.mark.parametrize("sent", [{}, {"vat_treatment": "", "vat_percent": "20"}, {"vat_treatment": "EXEMPT", "vat_percent": "20"}])
def test_issuing_asks_how_vat_applies(client, finance, sent):
    invoice = draft()

    response = client.post(address(Invoice, "issue", invoice.pk), sent)

    assert response.status_code == 200
    assert Invoice.objects.get(pk=invoice.pk).number is None


@pytest.mark.parametrize(
    ("button", "sent", "status"),
    [
        ("paid", {"paid_on": "18/11/2026"}, "PAID"),
        ("query", {"reason": "Which days?"}, "QUERIED"),
        ("credit", {"reason": "Wrong days"}, "CREDITED"),
    ],
)
def test_buttons_of_an_issued_invoice_move_it(client, finance, button, sent, status):
    invoice = issue(draft())

    client.post(address(Invoice, button, invoice.pk), sent)

    assert Invoice.objects.get(pk=invoice.pk).status == status


def test_a_button_pressed_too_late_says_so(client, finance):
    invoice = issue(draft())

    response = client.post(address(Invoice, "discard", invoice.pk), {"reason": "Wrong"})

    assert "cannot become" in response.content.decode()
    assert Invoice.objects.get(pk=invoice.pk).status == "ISSUED"


def test_an_invoice_leads_to_its_credit_note_and_the_note_back(client, finance):
    credited, other = credit(issue(draft())), issue(draft())

    shown = {one.pk: client.get(address(Invoice, "inspect", one.pk)).content.decode() for one in (credited, other)}
    note = client.get(address(CreditNote, "inspect", credited.credit_note.pk)).content.decode()

    assert f'<a href="{address(CreditNote, "inspect", credited.credit_note.pk)}">INV-C0001</a>' in shown[credited.pk]
    assert "INV-C0" not in shown[other.pk]
    assert ("INV-0001" in note, "Wrong days" in note) == (True, True)


@pytest.mark.parametrize("model", [CreditNote, InvoiceIssuer])
def test_numbers_are_not_edited_by_hand_not_even_by_a_superuser(client, model):
    row = MAKERS[model](0)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    before = list(model.objects.values())

    for page in ("edit", "delete"):
        client.post(address(model, page, row.pk), {"number": "INV-C9999", "last_number": "99", "last_credit_number": "99"})
    client.post(address(model, "add"), {"prefix": "990999"})

    assert list(model.objects.values()) == before


def test_an_invoice_shows_its_lines(client, finance):
    invoice = draft()

    shown = client.get(address(Invoice, "inspect", invoice.pk)).content.decode()

    assert f"{invoice.lines.get().description}: 2 half days, £350.00" in shown


@pytest.mark.parametrize("role", [Role.BROKER, Role.EDITOR, Role.REVIEWER])
def test_buttons_are_for_finance_and_the_lead(client, role):
    invoice = draft()
    client.force_login(make_user(role))

    client.post(address(Invoice, "issue", invoice.pk), {"vat_treatment": "EXEMPT", "vat_percent": "0"})

    assert Invoice.objects.get(pk=invoice.pk).status == "DRAFT"

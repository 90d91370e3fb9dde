"""Staff with a tie to the school (W3): they know that there is a case, read nothing of what is written, and write nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from alliance.models import User
from alliance.roles import Role
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.send_message import send_message
from cases.enums import Direction, PublicStatus
from common.admin_scope import ScopedSnippetViewSet
from common.form_keys import new_form_key
from finance.models import CreditNote, Invoice, InvoiceLine, Quote, QuoteLine
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.enums import Stage
from tests.conftest import NOON
from tests.factories.finance import credit, issue
from tests.factories.people import make_user
from tests.factories.projects import FULL, Cast, at_stage

pytestmark = pytest.mark.django_db
WORK = ("take", "assign", "write", "end", "answer/1", "settle/1", "read/1")


def make_once() -> Cast:
    """A project that has rows of nearly every kind."""
    cast = at_stage(Stage.DISSEMINATED, rules=FULL)
    cast.approve_time()
    cast.invoice()
    credit(issue(Invoice.objects.filter(case_reference=cast.project.case.reference).earliest("pk")))
    send_message(case=cast.project.case, direction=Direction.INTERNAL, text="CANARY-NOTE", by=cast.broker, at=NOON)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


@pytest.fixture
def tied(cast: Cast) -> User:
    tied = make_user(Role.S2S_LEAD)
    declare_interests(case=cast.project.case, has_conflict=True, details="I was a governor there.", by=tied, at=NOON)
    return tied


def page(client: Client, cast: Cast, tab: str = "") -> Any:
    return client.get(f"/portal/cases/{cast.project.case.reference}/{tab}")


def viewsets_with_rows() -> list[Any]:
    found = [model.snippet_viewset for model in get_snippet_models() if isinstance(model.snippet_viewset, ScopedSnippetViewSet)]
    return [viewset for viewset in found if viewset.model._default_manager.exists()]


def test_tied_staff_see_how_far_the_case_is_and_nothing_that_is_written(client, cast, tied):
    client.force_login(tied)

    seen = page(client, cast).content.decode()

    assert (cast.school.name in seen, "Change the owner" in seen, "End the case" in seen) == (True, False, False)
    assert cast.project.case.contact_email not in seen
    tabs = ("events/", "messages/", "triage/", "project/", "documents/", "costs/", "agreement/", "visits/", "history/")
    assert [page(client, cast, tab).status_code for tab in tabs] == [200] + [404] * 8
    assert "CANARY" not in page(client, cast, "events/").content.decode()


def test_tied_staff_write_nothing_by_any_address(client, cast, tied):
    client.force_login(tied)
    case = cast.project.case
    before = (case.messages.count(), case.events.count())
    data = {"form_key": new_form_key(), "status": "COMPLETED", "reason": "Done.", "write-form_key": new_form_key(), "write-text": "Hello."}

    answers = [client.post(f"/portal/cases/{case.reference}/{address}/", data).status_code for address in WORK]

    assert (answers, (case.messages.count(), case.events.count())) == ([404] * len(WORK), before)


@pytest.mark.parametrize(
    "act",
    [
        lambda case, by: ask_question(case=case, text="How many?", by=by, at=NOON),
        lambda case, by: send_message(case=case, direction=Direction.INTERNAL, text="A note.", by=by, at=NOON),
        lambda case, by: assign_owner(case=case, owner=make_user(Role.BROKER), by=by, at=NOON),
        lambda case, by: close_case(case=case, status=PublicStatus.DECLINED, reason="No.", by=by, at=NOON),
        lambda case, by: close_case(case=case, status=PublicStatus.COMPLETED, reason="Done.", by=by, at=NOON),
    ],
    ids=["ask", "note", "hand on", "decline", "complete"],
)
def test_tied_staff_write_nothing_by_any_action(cast, tied, act):
    case = cast.project.case
    before = case.events.count()

    with pytest.raises(PermissionDenied):
        act(case, tied)
    assert case.events.count() == before


def test_tied_staff_find_no_row_of_the_case_in_the_admin(client, cast, tied):
    other = make_user(Role.S2S_LEAD)
    shown: dict[str, list[Any]] = {}
    for viewset in viewsets_with_rows():
        key = viewset.model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        inspect = reverse(viewset.get_url_name("inspect"), args=[key])
        for name, user in (("tied", tied), ("other", other)):
            client.force_login(user)
            listed = client.get(reverse(viewset.get_url_name("list"))).context["object_list"]
            shown.setdefault(name, []).append((viewset.model.__name__, len(listed) > 0, client.get(inspect).status_code))

    assert len(shown["tied"]) > 15
    assert shown["tied"] == [(model, False, 404) for model, _listed, _code in shown["tied"]]
    assert shown["other"] == [(model, True, 200) for model, _listed, _code in shown["other"]]


def test_tied_staff_get_no_row_of_the_case_by_any_address_export_or_chooser(client, cast, tied):
    got = []
    for viewset in viewsets_with_rows():
        key = viewset.model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        client.force_login(tied)
        of_one = [pattern.name for pattern in viewset.get_urlpatterns() if set(pattern.pattern.converters) == {"pk"}]
        statuses = {client.get(reverse(viewset.get_url_name(name), args=[key])).status_code for name in of_one}
        export = b"".join(client.get(reverse(viewset.get_url_name("list")), {"export": "csv"}).streaming_content)
        chooser = viewset.chooser_viewset
        chosen = client.get(reverse(chooser.get_url_name("chosen"), args=[key])).status_code
        offered = len(client.get(reverse(chooser.get_url_name("choose_results"))).context["results"])
        got.append((viewset.model.__name__, len(of_one) > 2, statuses, len(export.splitlines()), chosen, offered))

    assert {"Quote", "QuoteLine", "Invoice", "InvoiceLine", "CreditNote"} <= {name for name, *_rest in got}
    assert got == [(name, True, {404}, 1, 404, 0) for name, *_rest in got]


def test_staff_without_a_tie_get_the_same_rows_by_all_of_them(client, cast):
    client.force_login(make_user(Role.S2S_LEAD))

    for model in (Quote, QuoteLine, Invoice, InvoiceLine, CreditNote):
        viewset = model.snippet_viewset
        key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
        pages = {client.get(reverse(viewset.get_url_name(name), args=[key])).status_code for name in ("inspect", "field_history")}
        export = b"".join(client.get(reverse(viewset.get_url_name("list")), {"export": "csv"}).streaming_content)
        chosen = client.get(reverse(viewset.chooser_viewset.get_url_name("chosen"), args=[key])).status_code

        assert (pages, len(export.splitlines()) > 1, chosen) == ({200}, True, 200), model

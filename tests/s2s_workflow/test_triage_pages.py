"""Triage in the portal: interests are asked of whoever is to handle the case, and kept apart from whoever is tied."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from alliance.models import User
from alliance.roles import Role
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.models import Case, Turn
from cases.queries import possible_owners
from common.form_keys import new_form_key
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.models import ConflictDeclaration
from s2s_workflow.policies import OwnerHasConflict
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return make_user(Role.S2S_LEAD)


@pytest.fixture
def broker() -> User:
    return make_user(Role.BROKER)


@pytest.fixture
def case(lead: User) -> Case:
    """A case in triage, owned by the lead."""
    case = make_case()
    take_into_triage(case=case, has_conflict=False, by=lead, at=NOON)
    case.refresh_from_db()
    return case


def open_turns(case: Case) -> set[str]:
    return set(case.turns.open().values_list("key", flat=True))


def turns_of(user: User, case: Case) -> set[str]:
    return set(Turn.objects.of(user, on=NOON.date()).filter(case=case).values_list("key", flat=True))


def tie(case: Case, user: User) -> ConflictDeclaration:
    return declare_interests(case=case, has_conflict=True, details="I was a governor there.", by=user, at=NOON)


def send(client: Client, case: Case, view: str, **values: str) -> Any:
    return client.post(f"/portal/support/{case.reference}/{view}/", {"form_key": new_form_key(), "has_conflict": "no", **values})


def tab_of(client: Client, case: Case) -> str:
    return client.get(f"/portal/cases/{case.reference}/triage/").content.decode()


def test_new_owner_is_asked_about_interests(case: Case, lead: User, broker: User) -> None:
    before = open_turns(case)
    case = assign_owner(case=case, owner=broker, by=lead, at=NOON)
    asked = turns_of(broker, case)

    declare_interests(case=case, has_conflict=False, by=broker, at=NOON)

    key = f"interests-{broker.pk}"
    assert (key in before, key in asked, key in open_turns(case)) == (False, True, False)


def test_new_owner_with_ties_gives_the_case_back(case: Case, lead: User, broker: User) -> None:
    case = assign_owner(case=case, owner=broker, by=lead, at=NOON)

    tie(case, broker)

    case.refresh_from_db()
    assert (case.owner, turns_of(broker, case), "take-on" in turns_of(lead, case)) == (None, set(), True)
    with pytest.raises(OwnerHasConflict):
        assign_owner(case=case, owner=broker, by=lead, at=NOON)


def test_somebody_tied_is_not_offered_as_owner_of_this_case_alone(lead: User, broker: User) -> None:
    case, other = make_case(), make_case()
    take_into_triage(case=case, has_conflict=True, details="My sister works there.", by=broker, at=NOON)

    assert (set(possible_owners(case)), set(possible_owners(other))) == ({lead}, {lead, broker})


def test_somebody_tied_gets_no_turns_of_this_case_alone(lead: User, broker: User) -> None:
    case, other = make_case(), make_case()
    before = turns_of(broker, case)
    take_into_triage(case=case, has_conflict=True, details="My sister works there.", by=broker, at=NOON)

    assert (before, turns_of(broker, case), turns_of(broker, other), turns_of(lead, case)) == ({"take-on"}, set(), {"take-on"}, {"take-on"})


def test_a_tie_is_not_taken_back(case: Case, broker: User) -> None:
    tie(case, broker)

    with pytest.raises(OwnerHasConflict):
        declare_interests(case=case, has_conflict=False, by=broker, at=NOON)

    assert ConflictDeclaration.objects.filter(declared_by=broker).count() == 1


def test_owner_declares_interests_on_the_tab(client: Client, case: Case, lead: User, broker: User) -> None:
    assign_owner(case=case, owner=broker, by=lead, at=NOON)
    client.force_login(broker)
    asked = "Say whether you have a conflict of interest</summary>"
    before = asked in tab_of(client, case)

    send(client, case, "interests")

    assert (before, asked in tab_of(client, case)) == (True, False)
    assert case.conflict_declarations.filter(declared_by=broker, has_conflict=False).exists()


def test_declaration_on_a_request_taken_meanwhile_comes_back_with_what_was_typed(client: Client, case: Case, broker: User) -> None:
    client.force_login(broker)

    page = send(client, case, "triage", has_conflict="yes", details="My sister works there.").content.decode()

    assert ("This request is in triage already." in page, "My sister works there.</textarea>" in page) == (True, True)
    assert not ConflictDeclaration.objects.filter(declared_by=broker).exists()


def test_tab_says_what_is_next_in_each_state(client: Client, case: Case, lead: User) -> None:
    client.force_login(lead)
    in_triage = tab_of(client, case)
    ask_question(case=case, text="How many?", by=lead, at=NOON)
    waiting = tab_of(client, case)

    ask, wait = "Ask the requester for more information", "Wait for the answer to 1 question"
    assert [(ask in page, wait in page, "No question was asked" in page) for page in (in_triage, waiting)] == [
        (True, False, False),
        (False, True, False),
    ]

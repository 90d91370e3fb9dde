"""The signed-in home: what each role does here and what to open first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliance.models import SystemLeader, User
from alliance.roles import Role
from alliance.working_days import add_working_days
from cases.actions.withdraw_case import withdraw_case
from cases.models import PromiseClock
from cases.models.cases import CaseQuerySet
from portal.homes import HOMES, Part, homes_of
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user
from tests.factories.website import make_contact
from tests.factories.website import make_home as make_home_page

pytestmark = pytest.mark.django_db

STAFF = (Role.S2S_LEAD, Role.BROKER)


def person_of_part(part: str) -> User:
    if part in Role:
        return make_user(Role(part))
    if part == Part.LEADER:
        leader = make_user()
        SystemLeader.objects.create(user=leader, supporting_school=make_school())
        return leader
    if part == Part.COMMENTER:
        return make_user()
    if part == Part.CLAIMANT:
        return make_head(make_school(), verified=False)
    return make_head(
        make_school(), kind={Part.HEAD: "head", Part.AT_SCHOOL: "nominated-lead", Part.GOVERNOR: "chair-of-governors"}[Part(part)]
    )


def home_of(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/portal/").content.decode()


def menu_of(client: Client, user: User) -> list[str]:
    client.force_login(user)
    return [str(link.title) for link in client.get("/portal/").context["portal_menu"].links]


def test_every_alliance_role_and_part_has_a_row_of_its_own() -> None:
    assert HOMES.keys() == {*Role, *Part}


@pytest.mark.parametrize("part", HOMES)
def test_home_says_what_the_role_does_and_its_first_steps_open(client: Client, part: str) -> None:
    make_home_page()
    user = person_of_part(part)

    page = home_of(client, user)

    assert homes_of(user, on=timezone.localdate()) == [HOMES[part]]
    assert str(HOMES[part].words) in page
    addresses = [reverse(name) for _label, name in HOMES[part].first]
    assert addresses
    assert [(f'href="{address}"' in page, client.get(address).status_code) for address in addresses] == [(True, 200)] * len(addresses)


def test_somebody_with_two_roles_reads_both_and_a_shared_step_once(client: Client) -> None:
    page = home_of(client, make_user(*STAFF))

    assert [str(HOMES[role].words) in page for role in STAFF] == [True, True]
    assert page.count("All open cases") == 1


def test_a_superuser_reads_what_the_s2s_lead_does() -> None:
    assert homes_of(make_user(is_superuser=True), on=timezone.localdate()) == [HOMES[Role.S2S_LEAD]]


def test_menu_offers_a_commenter_neither_turns_nor_cases(client: Client) -> None:
    page = home_of(client, make_user())

    assert menu_of(client, make_user()) == []
    assert ("Nothing waits for you" in page, "Find a case" in page) == (False, False)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.EDITOR, Role.REVIEWER, Role.WORKING_GROUP, Role.STEERING_GROUP, Role.LEAD_GOVERNOR])
def test_menu_offers_no_cases_to_roles_that_see_none(client: Client, role: Role) -> None:
    assert menu_of(client, make_user(role)) == ["Your turn"]


@pytest.mark.parametrize("part", [Part.HEAD, Part.AT_SCHOOL, Part.GOVERNOR])
def test_menu_offers_cases_to_people_of_a_school(client: Client, part: Part) -> None:
    assert menu_of(client, person_of_part(part))[:2] == ["Your turn", "Cases"]


def test_claimant_reads_by_when_the_role_is_checked_and_whom_to_ring(client: Client) -> None:
    make_contact(key="s2s-lead", telephone="01632 960 111")
    user = make_head(make_school(), verified=False)
    claimed = timezone.now()
    role = user.school_roles.get()
    role.claimed_at = claimed
    role.save()

    page = home_of(client, user)

    day = add_working_days(timezone.localdate(claimed), 2)
    assert f"We check it by {day:%A} {day.day} {day:%B}" in page
    assert "01632 960 111" in page


def test_claimant_reads_that_we_are_late(client: Client) -> None:
    user = make_head(make_school(), verified=False)
    role = user.school_roles.get()
    role.claimed_at = timezone.now() - timedelta(days=30)
    role.save()

    assert "and are late. Please ring us." in home_of(client, user)


def test_claimant_is_promised_nothing_where_the_alliance_promises_nothing(client: Client) -> None:
    for clock in PromiseClock.objects.filter(key="CHECK_ROLE"):
        clock.delete()

    assert "write to you when we have" in home_of(client, make_head(make_school(), verified=False))


def case_list(client: Client, user: User, **query: str) -> Any:
    client.force_login(user)
    return client.get("/portal/cases/", query)


def shown(page: Any) -> tuple[bool, bool]:
    """Whether the filters and the exports are there."""
    content = page.content.decode()
    return 'class="filter"' in content, "export.csv" in content


def test_case_list_offers_filters_and_exports_to_staff_while_there_is_something(client: Client) -> None:
    lead = make_user(Role.S2S_LEAD)
    before = shown(case_list(client, lead))
    make_case()

    assert before == (False, False)
    assert shown(case_list(client, lead)) == (True, True)
    assert shown(case_list(client, lead, q="nowhere")) == (True, False)


def test_case_list_shows_a_head_all_of_the_schools_cases_without_filters(client: Client) -> None:
    school = make_school()
    head = make_head(school)
    case = make_case(school)
    withdraw_case(case=case, reason="Solved.", by=head, at=timezone.now())

    page = case_list(client, head)

    assert shown(page) == (False, False)
    assert case.reference in page.content.decode()


def test_menu_offers_cases_to_somebody_who_sees_one_whatever_the_role(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    finance = make_user(Role.FINANCE)
    before = menu_of(client, finance)
    case = make_case()
    monkeypatch.setattr(CaseQuerySet, "visible_to", lambda cases, user, on: cases.filter(pk=case.pk))

    assert (before, menu_of(client, finance)) == (["Your turn"], ["Your turn", "Cases"])

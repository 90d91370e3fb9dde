"""The directory of system leaders: only with their consent, to narrow down, and off it at once (P8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alliance.actions.choose_listing import choose_listing
from alliance.actions.erase_person import erase_person
from alliance.models import LeaderDesignation, SystemLeader
from common.form_keys import new_form_key
from tests.conftest import NOON
from tests.factories.alliance import SchoolFactory, SpecialismFactory, SystemLeaderFactory, UserFactory
from tests.factories.people import make_user
from tests.factories.website import make_directory, make_standard, make_welsh
from website.freshness import forget
from website.models import HomePage, LeaderDirectoryPage

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 9, 1)


@pytest.fixture
def directory(home: HomePage) -> LeaderDirectoryPage:
    return make_directory(home)


def make_leader(first_name: str, *, designation: str = "", specialism: str = "", authority: str = "", **values: Any) -> SystemLeader:
    """Somebody who agreed to be listed, unless told otherwise."""
    user = values.pop("user", None) or UserFactory(
        first_name=first_name, last_name="Canary", email=f"{first_name.lower()}.secret@example.org"
    )
    school = SchoolFactory(local_authority=authority)
    leader = SystemLeaderFactory(user=user, supporting_school=school, **{"consents_to_listing_at": NOON, "phases": ["PRIMARY"], **values})
    if designation:
        LeaderDesignation.objects.create(leader=leader, designation=designation, starts_on=LONG_AGO)
    if specialism:
        leader.specialisms.add(SpecialismFactory(key=specialism, name=specialism.capitalize()))
    return leader


def text_of(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def names(client: Client, query: str = "") -> list[str]:
    context: Any = client.get(f"/leaders/?{query}&uncached=1").context
    return [leader.name.split()[0] for leader in context["found"]]


def address_of(leader: SystemLeader) -> str:
    return f"/leaders/{leader.user.first_name.lower()}-canary-{leader.pk}/"


# Filters


def test_leaders_are_listed_by_name_and_narrowed_down(client: Client, directory: LeaderDirectoryPage) -> None:
    make_leader("Ada", designation="NLE", specialism="reading", authority="North Riding")
    make_leader("Bob", designation="SLE", specialism="maths", authority="North Riding", phases=["SECONDARY"])
    make_leader("Cleo", designation="SLE", authority="West Dale", phases=["PRIMARY", "SECONDARY"])

    queries = {
        "": ["Ada", "Bob", "Cleo"],
        "designation=SLE": ["Bob", "Cleo"],
        "phase=PRIMARY": ["Ada", "Cleo"],
        "specialism=reading": ["Ada"],
        "authority=north-riding": ["Ada", "Bob"],
        "designation=SLE&phase=SECONDARY&authority=west-dale": ["Cleo"],
        "designation=NLE&phase=SECONDARY": [],
        "designation=nonsense": [],
    }
    assert {query: names(client, query) for query in queries} == queries


def test_options_say_how_many_they_would_leave(client: Client, directory: LeaderDirectoryPage) -> None:
    make_leader("Ada", designation="NLE", authority="North Riding")
    make_leader("Bob", designation="SLE", authority="North Riding", phases=["SECONDARY"])
    make_leader("Cleo", designation="SLE", authority="West Dale")
    filters = client.get("/leaders/?designation=SLE").context["filters"]
    counts = {row["name"]: [(option.value, option.count) for option in row["options"]] for row in filters}

    assert counts == {
        "designation": [("NLE", 1), ("SLE", 2)],
        "phase": [("PRIMARY", 1), ("SECONDARY", 1)],
        "specialism": [],
        "authority": [("north-riding", 1), ("west-dale", 1)],
    }
    assert '<option value="SLE" selected>' in text_of(client, "/leaders/?designation=SLE")
    assert "2 leaders" in text_of(client, "/leaders/?designation=SLE")


def test_designation_counts_while_it_is_held(client: Client, directory: LeaderDirectoryPage) -> None:
    leader, today = make_leader("Ada"), timezone.localdate()
    LeaderDesignation.objects.create(leader=leader, designation="NLE", starts_on=LONG_AGO, ends_on=today - timedelta(days=1))
    LeaderDesignation.objects.create(leader=leader, designation="SLE", starts_on=today + timedelta(days=1))
    LeaderDesignation.objects.create(leader=leader, designation="LLE", starts_on=LONG_AGO, ends_on=today)

    assert [leader.designations for leader in client.get("/leaders/").context["found"]] == [("LLE",)]


def test_nobody_listed_yet_is_said(client: Client, directory: LeaderDirectoryPage) -> None:
    assert "No leaders yet" in text_of(client, "/leaders/")
    make_leader("Ada")
    assert "No leader is like that" in text_of(client, "/leaders/?phase=SECONDARY")


@pytest.mark.parametrize("count", [1, 60])
def test_directory_costs_few_queries_however_many(client: Client, directory: LeaderDirectoryPage, count: int) -> None:
    for number in range(count):
        make_leader(f"Ada{number}", designation="SLE", specialism=f"subject-{number}")
    client.get("/leaders/?uncached=1")
    forget()
    with CaptureQueriesContext(connection) as first:
        client.get("/leaders/?uncached=2")
    with CaptureQueriesContext(connection) as second:
        client.get("/leaders/?uncached=3")

    assert (len(first) <= 12, len(second)) == (True, 0)


def test_list_is_paged(client: Client, directory: LeaderDirectoryPage) -> None:
    for number in range(14):
        make_leader(f"Ada{number:02}", designation="SLE")

    assert len(names(client)) == 12
    assert names(client, "designation=SLE&page=2") == ["Ada12", "Ada13"]
    assert 'href="?designation=SLE&amp;page=2"' in text_of(client, "/leaders/?designation=SLE")


# A leader's own page


def test_page_of_a_leader_shows_what_is_public_and_a_way_to_ask(client: Client, home: HomePage) -> None:
    make_directory(home, support_page=make_standard(home, slug="ask", title="Ask"))
    leader = make_leader(
        "Ada", designation="NLE", specialism="reading", authority="North Riding", summary="Works on reading.", working_style="Secret style"
    )
    leader.user.telephone = "01632 960 999"
    leader.user.save()
    page = text_of(client, address_of(leader))

    for shown in ("Ada Canary", "Works on reading.", "National leader of education", "Reading", "North Riding", 'href="/ask/"'):
        assert shown in page
    everything = page + text_of(client, "/leaders/")
    for hidden in ("secret@example.org", "01632 960 999", "Secret style"):
        assert hidden not in everything


def test_page_of_a_leader_stays_when_the_language_is_changed(client: Client, home: HomePage, directory: LeaderDirectoryPage) -> None:
    make_welsh(home, title="Hafan")
    make_welsh(directory, title="Arweinwyr", slug="arweinwyr")
    leader = make_leader("Ada")
    below = address_of(leader).removeprefix("/leaders/")

    assert f'href="/cy/arweinwyr/{below}"' in text_of(client, address_of(leader))
    assert client.get(f"/cy/arweinwyr/{below}").status_code == 200


@pytest.mark.parametrize("address", ["/leaders/ada-canary-999999/", "/leaders/x/", "/leaders/ada/canary/"])
def test_other_addresses_below_the_directory_are_not_there(client: Client, directory: LeaderDirectoryPage, address: str) -> None:
    assert client.get(address).status_code == 404


# Consent


def is_seen(client: Client, leader: SystemLeader) -> list[bool]:
    """On each place that could show a leader, with what is kept for visitors."""
    call_command("update_index", verbosity=0)
    name, texts = leader.user.get_full_name(), []
    for address in ("/leaders/", "/leaders/?phase=PRIMARY", "/sitemap.xml"):
        texts.append(text_of(client, address))
    texts.append(text_of(client, f"/search/?q={leader.user.first_name}").replace(f"“{leader.user.first_name}”", ""))
    return [name in text for text in texts] + [client.get(address_of(leader)).status_code == 200]


LISTED, UNLISTED = [True, True, False, True, True], [False] * 5


def take_back(leader: SystemLeader) -> None:
    choose_listing(leader=leader, consents=False, summary="", by=leader.user, at=NOON)


def go_off(leader: SystemLeader) -> None:
    leader.is_active = False
    leader.save()


def close_account(leader: SystemLeader) -> None:
    leader.user.is_active = False
    leader.user.save()


def erase(leader: SystemLeader) -> None:
    erase_person(user=leader.user, by=make_user(is_superuser=True), at=NOON, reason="They asked")


@pytest.mark.parametrize("end", [take_back, go_off, close_account, erase])
def test_leader_is_off_every_page_at_once(client: Client, directory: LeaderDirectoryPage, end: Callable[[SystemLeader], None]) -> None:
    leader, name = make_leader("Ada"), "Ada Canary"
    make_leader("Bob")
    before = is_seen(client, leader)
    assert "2 leaders" in text_of(client, "/leaders/")

    end(SystemLeader.objects.get(pk=leader.pk))

    assert (before, is_seen(client, leader)) == (LISTED, UNLISTED)
    assert "1 leader<" in text_of(client, "/leaders/")
    assert name not in text_of(client, "/leaders/")


def test_who_never_agreed_is_nowhere(client: Client, directory: LeaderDirectoryPage) -> None:
    unlisted = make_leader("Ada", consents_to_listing_at=None, designation="NLE", specialism="secret-subject", authority="Hidden Dale")
    make_leader("Bob", designation="SLE")

    assert is_seen(client, unlisted) == UNLISTED
    page = text_of(client, "/leaders/")
    for canary in ("Hidden Dale", "Secret-subject", 'value="NLE"', "(2)"):
        assert canary not in page


def test_without_a_name_nobody_is_listed(client: Client, directory: LeaderDirectoryPage) -> None:
    leader = make_leader("Ada")
    leader.user.first_name = leader.user.last_name = ""
    leader.user.save()

    assert names(client) == []


def test_without_an_open_directory_nobody_is_found(client: Client, directory: LeaderDirectoryPage) -> None:
    leader = make_leader("Ada")
    PageViewRestriction.objects.create(page=directory, restriction_type=PageViewRestriction.LOGIN)

    assert is_seen(client, leader) == UNLISTED


def test_change_of_name_designation_school_and_specialism_shows_at_once(client: Client, directory: LeaderDirectoryPage) -> None:
    leader = make_leader("Ada", specialism="reading")
    school = leader.supporting_school
    text_of(client, "/leaders/")
    leader.user.first_name, school.name = "Adelaide", "Renamed School"
    leader.user.save()
    school.save()
    leader.specialisms.add(SpecialismFactory(key="maths", name="Mathematics"))
    LeaderDesignation.objects.create(leader=leader, designation="NLG", starts_on=LONG_AGO)
    page = text_of(client, "/leaders/")

    for shown in ("Adelaide Canary", "Renamed School", "Mathematics (1)", "National leader of governance"):
        assert shown in page


def test_sign_in_of_a_leader_changes_no_page(client: Client, directory: LeaderDirectoryPage) -> None:
    leader = make_leader("Ada")
    client.get("/leaders/")
    leader.user.save(update_fields=["last_login"])

    assert client.get("/leaders/").context is None  # it is kept still


# Search


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("ada", True),
        ("READING riding", True),
        ("nle", True),
        ("ada maths", False),
        ("secret", False),
        ("' OR 1", False),
        ("anal", False),
        ("can", True),
    ],
)
def test_search_finds_leaders_by_their_public_words(client: Client, directory: LeaderDirectoryPage, words: str, finds: bool) -> None:
    make_leader("Ada", designation="NLE", specialism="reading", authority="North Riding", working_style="Secret style")
    response: Any = client.get("/search/", {"q": words})

    assert bool(response.context["leaders"]) is finds


# The leader's own choice


def test_leader_decides_for_themselves(client: Client, directory: LeaderDirectoryPage) -> None:
    leader = make_leader("Ada", user=make_user(first_name="Ada", last_name="Canary"), consents_to_listing_at=None)
    insider = Client()
    insider.force_login(leader.user, backend="alliance.backends.AllianceBackend")
    insider.post("/account/listing/", {"consents": "on", "summary": "Ask me about reading.", "form_key": new_form_key()})
    page = text_of(client, "/leaders/")
    assert ("Ada Canary" in page, "Ask me about reading." in page) == (True, True)
    assert address_of(leader) in text_of(insider, "/account/listing/")

    insider.post("/account/listing/", {"summary": "", "form_key": new_form_key()})

    assert "Ada Canary" not in text_of(client, "/leaders/")
    assert [row.consents_to_listing_at is None for row in leader.history.order_by("history_id")] == [True, False, True]
    assert "Public directory" in text_of(insider, "/account/profile/")


def test_nobody_decides_for_a_leader(directory: LeaderDirectoryPage) -> None:
    with pytest.raises(PermissionDenied):
        choose_listing(leader=make_leader("Ada"), consents=True, summary="", by=make_user(is_superuser=True), at=NOON)


def test_account_of_others_has_no_such_page(directory: LeaderDirectoryPage) -> None:
    client = Client()
    client.force_login(make_user(), backend="alliance.backends.AllianceBackend")

    assert client.get("/account/listing/").status_code == 404
    assert "Public directory" not in text_of(client, "/account/profile/")

"""The calendar of leaders: what it shows to whom, its filters, its other shapes, and what it costs."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from alliance.models import BankHoliday, SystemLeader, User
from alliance.roles import Role
from cases.models import Case
from common.actions import Actor
from diary.actions.set_allowance import set_allowance
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from portal.calendar_span import Span, View, span_asked_for
from tests.conftest import NOON
from tests.factories.alliance import LeaderDesignationFactory, SystemLeaderFactory
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
WEDNESDAY = MONDAY + timedelta(days=2)
WEEK = {"day": "2026-11-18"}
BROKER = Actor("Broker")
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOON)


@pytest.fixture
def lead(client: Client) -> User:
    lead = make_user(Role.S2S_LEAD)
    client.force_login(lead)
    return lead


def make_leader(who: str, designation: str = "", **school: Any) -> SystemLeader:
    first, last = who.split()
    leader: SystemLeader = SystemLeaderFactory(user=make_user(first_name=first, last_name=last), supporting_school=make_school(**school))
    if designation:
        LeaderDesignationFactory(leader=leader, designation=designation, starts_on=date(2024, 9, 1), ends_on=None)
    return leader


def take(
    leader: SystemLeader, day: date, *halves: Half, kind: SourceKind = SourceKind.VISIT, case: Case | None = None, **values: Any
) -> None:
    reference = f"{case.reference}/1" if case else f"LEAVE-{leader.pk}"
    take_halves(
        leader=leader, halves=[(day, half) for half in halves or Half], kind=kind, reference=reference, by=BROKER, at=NOON, **values
    )


def shown(client: Client, **asked: Any) -> list[str]:
    """The leaders on the page."""
    return [str(row.leader) for row in client.get("/portal/calendar/", {**WEEK, **asked}).context["page"]]


def taken(client: Client, **asked: Any) -> list[tuple[str, str, str, str, str]]:
    """Leader, day, half, what for and the case of every half on the page."""
    page = client.get("/portal/calendar/", {**WEEK, **asked}).context["page"]
    return [
        (str(row.leader), f"{one.date:%a %d}", one.half.value, one.label, one.case.reference if one.case else "")
        for row in page
        for one in row.taken
    ]


# --- What it shows --------------------------------------------------------------------------------


def test_the_week_shows_what_each_half_is_taken_for_with_its_case(client, lead):
    case, leader = make_case(), make_leader("Ada Brook")
    take(leader, MONDAY, Half.PM, case=case)
    take(leader, WEDNESDAY, case=make_case(), kind=SourceKind.HEALTH_CHECK, held_until=NOON + timedelta(days=3))
    take(leader, MONDAY + timedelta(days=4), Half.AM, kind=SourceKind.LEAVE)
    take(leader, MONDAY + timedelta(days=7), case=case)  # the week after
    held = Case.objects.exclude(pk=case.pk).get()

    page = client.get("/portal/calendar/", WEEK).content.decode()

    assert taken(client) == [
        ("Ada Brook", "Mon 16", "PM", "Visit", case.reference),
        ("Ada Brook", "Wed 18", "AM", "Health check day", held.reference),
        ("Ada Brook", "Wed 18", "PM", "Health check day", held.reference),
        ("Ada Brook", "Fri 20", "AM", "Leave", ""),
    ]
    assert page.count("held until 21 Nov") == 2
    assert f'href="/portal/cases/{case.reference}/"' in page


def test_a_hold_that_lapsed_is_shown_no_more(client, lead, time_machine):
    take(make_leader("Ada Brook"), MONDAY, case=make_case(), held_until=NOON + timedelta(hours=1))
    before = len(taken(client))

    time_machine.move_to(NOON + timedelta(hours=2))

    assert (before, taken(client)) == (2, [])


def test_the_load_is_that_of_the_academic_year_shown(client, lead):
    leader = make_leader("Ada Brook")
    set_allowance(leader=leader, academic_year=2026, allowance=12, by=lead, at=NOON, reason="Agreed")
    take(leader, MONDAY, case=make_case())
    take(leader, WEDNESDAY, kind=SourceKind.LEAVE)

    pages = [client.get("/portal/calendar/", {"day": day}).content.decode() for day in ("2026-11-18", "2027-11-18")]

    assert [[words in page for words in ("2 of 12 half days", "0 of 30 half days")] for page in pages] == [[True, False], [False, True]]


def test_whoever_is_not_available_stands_there_only_while_taken(client, lead):
    gone, idle = make_leader("Ada Brook"), make_leader("Ben Carr")
    take(gone, MONDAY, case=make_case())
    SystemLeader.objects.filter(pk__in=[gone.pk, idle.pk]).update(is_active=False)

    assert (shown(client), shown(client, day="2026-12-09")) == (["Ada Brook"], [])


def test_weekends_and_bank_holidays_are_marked(client, lead):
    BankHoliday.objects.get_or_create(date=date(2026, 12, 25), defaults={"name": "Christmas Day"})
    make_leader("Ada Brook")

    response = client.get("/portal/calendar/", {"day": "2026-12-23"})

    closed = [day.date.day for day in response.context["days"] if day.closed]
    assert closed == [25, 26, 27]
    assert "Friday 25 December is a bank holiday: Christmas Day." in response.content.decode()


# --- Whose it is ----------------------------------------------------------------------------------


def test_a_leader_sees_their_own_days_and_nobody_elses(client):
    own, other = make_leader("Ada Brook"), make_leader("Ben Carr")
    case, canary = make_case(), make_case(make_school(name="CANARY-SCHOOL"))
    take(own, MONDAY, Half.AM, case=case)
    take(other, MONDAY, Half.AM, case=canary)
    client.force_login(own.user)

    pages = [
        client.get("/portal/calendar/", {**WEEK, "layout": layout, "view": view}).content.decode()
        for layout in ("", "list")
        for view in ("week", "month")
    ]
    export = client.get("/portal/calendar/export.csv", WEEK).content.decode()

    assert taken(client, q="Ben") == []
    assert taken(client) == [("Ada Brook", "Mon 16", "AM", "Visit", "")]  # no part in the case by a plugin: no way to it
    for page in (*pages, export):
        assert ("Ada Brook" in page, "Ben Carr" in page, "CANARY" in page, canary.reference in page) == (True, False, False, False)


@pytest.mark.parametrize("who", ["head", "finance", "visitor"])
def test_others_have_no_calendar(client, who):
    if who != "visitor":
        client.force_login(make_head(make_school()) if who == "head" else make_user(Role.FINANCE))

    answers = [client.get(address).status_code for address in ("/portal/calendar/", "/portal/calendar/export.csv")]

    assert answers == [302 if who == "visitor" else 403] * 2


def test_the_menu_leads_there_whoever_has_one(client, lead):
    leader, head = make_leader("Ada Brook"), make_head(make_school())
    found = []
    for person in (lead, leader.user, head):
        client.force_login(person)
        page = client.get("/portal/").content.decode()
        found.append(("Calendar</" in page, "My diary</" in page, 'href="/portal/calendar/"' in page))

    assert found == [(True, False, True), (False, True, True), (False, False, False)]


# --- Filters --------------------------------------------------------------------------------------


@pytest.fixture
def team(lead: User) -> list[SystemLeader]:
    """An SLE of Airedale on a visit, an NLE of Wharfedale who is away, and somebody of no designation with nothing to do."""
    ada = make_leader("Ada Brook", "SLE", name="Beck School", local_authority="Airedale")
    ben = make_leader("Ben Carr", "NLE", name="Crag School", local_authority="Wharfedale")
    cy = make_leader("Cy Brookes", name="Dale School", local_authority="Wharfedale")
    take(ada, MONDAY, case=make_case())
    for number in range(5):
        take(ben, MONDAY + timedelta(days=number), kind=SourceKind.LEAVE)
    return [ada, ben, cy]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ada Brook", "Cy Brookes", "Ben Carr"]),
        ({"q": "brook"}, ["Ada Brook", "Cy Brookes"]),
        ({"q": "BROOK ada"}, ["Ada Brook"]),
        ({"designation": "NLE"}, ["Ben Carr"]),
        ({"designation": "none"}, ["Cy Brookes"]),
        ({"place": "authority:Wharfedale"}, ["Cy Brookes", "Ben Carr"]),
        ({"kind": "VISIT"}, ["Ada Brook"]),
        ({"kind": "LEAVE"}, ["Ben Carr"]),
        ({"free": "yes"}, ["Ada Brook", "Cy Brookes"]),
        ({"free": "yes", "designation": "SLE"}, ["Ada Brook"]),
        ({"designation": "nonsense", "place": "school:1", "kind": "'", "free": "x"}, ["Ada Brook", "Cy Brookes", "Ben Carr"]),
    ],
)
def test_filters_find_the_leaders_asked_for(client, team, asked, found):
    assert shown(client, **asked) == found


def test_a_supporting_school_can_be_asked_for(client, team):
    assert shown(client, place=f"school:{team[2].supporting_school_id}") == ["Cy Brookes"]


def test_whoever_has_given_all_of_the_year_is_not_free(client, lead, team):
    set_allowance(leader=team[2], academic_year=2026, allowance=0, by=lead, at=NOON, reason="Not this year")

    assert shown(client, free="yes") == ["Ada Brook"]
    assert "0 of 0 half days" in client.get("/portal/calendar/", WEEK).content.decode()


def test_a_filter_hides_nothing_that_a_leader_is_taken_for(client, team):
    take(team[0], WEDNESDAY, Half.AM, kind=SourceKind.LEAVE)

    assert {what for _leader, _day, _half, what, _case in taken(client, kind="VISIT")} == {"Visit", "Leave"}


def test_nobody_found_says_what_to_do(client, team):
    assert "No leader fits what you looked for." in client.get("/portal/calendar/", {**WEEK, "q": "nobody"}).content.decode()


# --- Its other shapes -----------------------------------------------------------------------------


def test_grid_list_and_export_tell_the_same(client, team):
    case = Case.objects.get()
    rows = list(csv.reader(StringIO(client.get("/portal/calendar/export.csv", WEEK).content.decode("utf-8-sig"))))
    page = client.get("/portal/calendar/", {**WEEK, "layout": "list"}).content.decode()

    assert rows[1] == [
        "Ada Brook", "SLE", "Beck School", "2026-11-16", "Morning", "Visit", "", case.reference, case.school_name, "2", "30",
    ]  # fmt: skip
    assert [(row[0], row[5]) for row in rows[1:]] == [
        ("Ada Brook", "Visit"), ("Ada Brook", "Visit"), ("Cy Brookes", "Nothing"), *[("Ben Carr", "Leave")] * 10,
    ]  # fmt: skip
    assert (page.count('<th scope="row">'), page.count(f">{case.reference}</a>")) == (13, 2)


def test_the_export_is_filtered_and_runs_no_formula(client, team):
    team[0].user.first_name = "=1+1"
    team[0].user.save()

    book = load_workbook(BytesIO(client.get("/portal/calendar/export.xlsx", {**WEEK, "kind": "VISIT"}).content))

    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == ["'=1+1 Brook"] * 2
    assert client.get("/portal/calendar/export.pdf").status_code == 404


def test_the_month_has_all_its_days_and_keeps_the_filters_in_its_links(client, team):
    take(team[2], date(2026, 11, 30), Half.AM, case=Case.objects.get())

    response = client.get("/portal/calendar/", {**WEEK, "view": "month", "kind": "VISIT"})
    page = response.content.decode()

    assert len(response.context["days"]) == 30
    assert [str(row.leader) for row in response.context["page"]] == ["Ada Brook", "Cy Brookes"]
    assert "day=2026-12-01&amp;view=month&amp;kind=VISIT" in page
    assert "day=2026-10-01&amp;view=month&amp;kind=VISIT" in page


@pytest.mark.parametrize(
    ("day", "view", "first", "last", "title"),
    [
        (date(2026, 11, 18), View.WEEK, date(2026, 11, 16), date(2026, 11, 22), "16 to 22 November 2026"),
        (date(2026, 12, 1), View.WEEK, date(2026, 11, 30), date(2026, 12, 6), "30 November to 6 December 2026"),
        (date(2027, 1, 3), View.WEEK, date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (date(2028, 2, 10), View.MONTH, date(2028, 2, 1), date(2028, 2, 29), "February 2028"),
    ],
)
def test_span_is_the_week_or_month_of_a_day(day, view, first, last, title):
    span = Span.around(day, view)

    assert (span.first, span.last, span.title) == (first, last, title)
    assert (Span.around(span.previous, view).last, Span.around(span.following, view).first) == (first - timedelta(1), last + timedelta(1))


@pytest.mark.parametrize("day", ["", "nonsense", "2026-02-30", "0001-01-01", "9999-12-31", "20261118x", "\x00"])
def test_span_of_a_day_that_makes_no_sense_is_todays_week(day):
    assert span_asked_for(view="decade", day=day, today=WEDNESDAY) == Span.around(WEDNESDAY, View.WEEK)


# --- What it costs --------------------------------------------------------------------------------


def queries_of(client: Client, **asked: Any) -> int:
    client.get("/portal/calendar/", WEEK)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/portal/calendar/", {**WEEK, **asked}).status_code == 200
    return len(captured)


@pytest.mark.parametrize("asked", [{"view": "week"}, {"view": "month"}, {"layout": "list"}, {"free": "yes", "kind": "VISIT"}])
def test_fifty_leaders_cost_the_same_queries_as_one(client, lead, asked):
    take(make_leader("Ada Brook", "SLE"), MONDAY, Half.AM, case=make_case())
    one = queries_of(client, **asked)
    for number in range(49):
        take(make_leader(f"Person {number:02}", "NLE"), MONDAY, case=make_case())
    fifty = queries_of(client, **asked)

    assert fifty == one <= MOST_QUERIES

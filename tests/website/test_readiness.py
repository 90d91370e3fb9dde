"""The readiness page (P5): worked through theme by theme, kept nowhere, printed; and the themes that editors look after."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from alliance.roles import Role
from outbox.models import OutboxMessage
from tests.factories.people import make_user
from tests.factories.website import add_page, make_welsh
from website.models import HomePage, ReadinessPage, ReadinessTheme
from website.readiness import Place, asked_now, questions_now

pytestmark = pytest.mark.django_db
ADDRESS = "/ready/answer/"
WORDS = "CANARY-OF-A-VISITOR"


@pytest.fixture
def page(home: HomePage) -> ReadinessPage:
    return add_page(home, ReadinessPage(title="Are we ready?", slug="ready"))


def keys() -> list[str]:
    return [theme["key"] for theme in questions_now().themes]


def test_seven_paired_themes_ship_with_the_product() -> None:
    themes = asked_now()["en-gb"]

    assert [theme["title"] for theme in themes] == [
        "Purpose", "Trust", "Capacity", "Data and evidence", "Staff and governors", "Time and release", "Sustaining the gains",
    ]  # fmt: skip
    assert all(theme["school"].endswith("?") and theme["leader"].endswith("?") for theme in themes)
    assert ReadinessTheme.history.filter(history_actor="installation").count() == 7


def test_start_page_has_every_question_with_room_to_write_on_paper(client: Client, page: ReadinessPage) -> None:
    text = client.get("/ready/").content.decode()

    assert all(theme["school"] in text and theme["leader"] in text for theme in questions_now().themes)
    assert text.count('class="sheet__lines"') == 7
    assert f'href="{ADDRESS}"' in text


def test_visitor_goes_from_theme_to_theme_and_back_with_what_was_written(client: Client, page: ReadinessPage) -> None:
    first = client.get(ADDRESS).content.decode()
    second = client.post(ADDRESS, {"to": "1", "place_purpose": "PARTLY", "words_purpose": WORDS})
    back = client.post(ADDRESS, {**hidden(second), "to": "0", "place_trust": "YES"})

    assert "Theme 1 of 7" in first
    assert ("Theme 2 of 7" in second.content.decode(), hidden(second)) == (True, {"place_purpose": "PARTLY", "words_purpose": WORDS})
    assert (f">\n{WORDS}</textarea>" in back.content.decode(), hidden(back)) == (True, {"place_trust": "YES"})
    assert re.search(r'value="PARTLY"[^>]*checked', back.content.decode())


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields that hold something, as a browser sends them on."""
    tags = re.findall(r'<input type="hidden" name="((?:place|words)_\w+)"([^>]*)>', response.content.decode())
    return {name: value[1] for name, rest in tags if (value := re.search(r'value="([^"]*)"', rest)) and value[1]}


def test_all_answers_stand_on_one_page_to_print_without_the_buttons(client: Client, page: ReadinessPage) -> None:
    text = client.post(ADDRESS, {"to": "all", "place_trust": "NOT_YET", "words_trust": "<b>One</b>\n\nTwo"}).content.decode()

    assert ("&lt;b&gt;One&lt;/b&gt;</p>" in text, "<p>Two</p>" in text, '<span class="tag">Not yet</span>' in text) == (True, True, True)
    assert text.count("No answer yet") == 6
    assert text.count('<p class="no-print"><button') == 7


def test_nothing_is_kept_or_sent(client: Client, page: ReadinessPage) -> None:
    client.get(ADDRESS)
    for to in ("1", "all"):
        response = client.post(ADDRESS, {"to": to, "place_purpose": "YES", "words_purpose": WORDS})

    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [table] if WORDS in str(cursor.fetchall()) else []
    assert (found, Session.objects.count(), OutboxMessage.objects.count()) == ([], 0, 0)
    assert (set(client.cookies), response["Cache-Control"]) == ({"csrftoken"}, "private")


def test_a_post_needs_the_token_of_the_page(page: ReadinessPage) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"to": "all", "words_purpose": WORDS}).status_code == 403


@pytest.mark.parametrize("to", ["", "99", "-1", "x", "１", "1e1", "0" * 50])
def test_a_button_that_nobody_offered_leads_to_the_first_theme(client: Client, page: ReadinessPage, to: str) -> None:
    assert "Theme 1 of 7" in client.post(ADDRESS, {"to": to}).content.decode()


@pytest.mark.parametrize("sent", [{"words_time": "x" * 2001}, {"place_time": "MAYBE"}, {"words_time": "a\x00b"}])
def test_what_cannot_be_taken_is_told_at_its_theme(client: Client, page: ReadinessPage, sent: dict[str, str]) -> None:
    text = client.post(ADDRESS, {"to": "all", "words_purpose": WORDS, **sent}).content.decode()

    assert ("Theme 6 of 7" in text, "error-summary" in text, WORDS in text) == (True, True, True)


def test_a_language_is_used_when_every_theme_is_translated_and_said_to_be_missing_before(client: Client, page: ReadinessPage) -> None:
    Locale.objects.get_or_create(language_code="cy")
    make_welsh(HomePage.objects.get(pk=page.get_parent().pk), title="Hafan")
    make_welsh(page, title="Yn barod?")
    themes = list(ReadinessTheme.objects.all())
    for theme in themes[1:]:
        make_welsh(theme, title="Thema", school_question="Cwestiwn?", leader_question="Arall?")
    half = client.get("/cy/ready/").content.decode()
    make_welsh(themes[0], title="Thema", school_question="Cwestiwn?", leader_question="Arall?")
    whole = client.get("/cy/ready/").content.decode()

    assert ("Cwestiwn?" in half, themes[1].school_question in half, '<ol class="sheet" lang="en-gb">' in half) == (False, True, True)
    assert (whole.count("Cwestiwn?"), themes[1].school_question in whole, 'class="sheet" lang' in whole) == (7, False, False)
    assert "Ddim eto" in whole


def test_a_theme_that_is_a_draft_or_taken_off_is_not_asked(client: Client, page: ReadinessPage) -> None:
    ReadinessTheme.objects.create(key="draft", title="A draft", school_question="Q?", leader_question="Q?", live=False)
    ReadinessTheme.objects.get(key="time").unpublish()

    text = client.get("/ready/").content.decode()
    assert ("A draft" in text, "Time and release" in text, len(keys())) == (False, False, 6)


def test_without_themes_the_page_says_so_and_leads_nowhere(client: Client, page: ReadinessPage) -> None:
    for theme in ReadinessTheme.objects.all():
        theme.unpublish()

    assert "No questions yet" in client.get("/ready/").content.decode()
    assert client.get(ADDRESS)["Location"] == "/ready/"


def test_places_are_in_order() -> None:
    assert [place.step for place in Place] == [0, 1, 2]


def test_editor_drafts_and_publishes_a_theme_and_its_history_keeps_what_was_in_force(page: ReadinessPage) -> None:
    editor = Client()
    editor.force_login(make_user(Role.EDITOR), backend="alliance.backends.AllianceBackend")
    theme = ReadinessTheme.objects.get(key="trust")
    address = reverse("wagtailsnippets_website_readinesstheme:edit", args=[theme.pk])
    form = {
        "title": "Openness",
        "key": "trust",
        "introduction": "",
        "order": "20",
        "school_question": "New?",
        "leader_question": "And you?",
    }

    drafted = editor.post(address, form)
    title_while_drafted, rows_while_drafted = keys_and_titles()["trust"], theme.history.count()
    editor.post(address, {**form, "action-publish": "1"})

    assert (drafted.status_code, title_while_drafted, rows_while_drafted) == (302, "Trust", 1)
    assert keys_and_titles()["trust"] == "Openness"
    assert [(row.title, row.history_user is not None) for row in theme.history.all()] == [("Openness", True), ("Trust", False)]
    assert "Openness" in editor.get(reverse("wagtailsnippets_website_readinesstheme:field_history", args=[theme.pk])).content.decode()


def keys_and_titles() -> dict[str, str]:
    return {theme["key"]: theme["title"] for theme in questions_now().themes}


def test_page_costs_few_queries_however_many_themes(client: Client, page: ReadinessPage) -> None:
    def queries() -> int:
        client.get("/ready/?uncached=1")
        with CaptureQueriesContext(connection) as captured:
            client.get("/ready/?uncached=2")
        return len(captured)

    seven = queries()
    for number in range(40):
        ReadinessTheme.objects.create(key=f"more-{number}", title="More", school_question="Yes?", leader_question="No?")

    assert (queries(), seven <= 8) == (seven, True)

"""The demo's pages: the same every time, and in Welsh throughout."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from common.demo import World
from tests.factories.website import make_standard, make_welsh
from website.contacts import contacts
from website.demo import T, add_way_in, load_demo
from website.demo.pictures import draw_picture, valley
from website.demo.text import english, month_before, welsh_words
from website.models import HomePage, SiteImage, StoryPage
from website.tree import page_tree

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def new_world() -> World:
    return World(today=NOW.date(), now=NOW)


def contents() -> list[Any]:
    pages = list(Page.objects.order_by("path").values_list("path", "title", "slug", "live", "locale__language_code"))
    return [pages, SiteImage.objects.count(), [contact.person_name for contact in contacts()]]


def test_demo_is_whole_in_both_languages_and_the_same_when_loaded_again(client: Client, db: None) -> None:
    """One test, since loading takes seconds."""
    world, again = new_world(), new_world()
    load_demo(world)
    loaded = contents()
    load_demo(again)

    assert contents() == loaded
    assert {name: page.pk for name, page in again.pages.items()} == {name: page.pk for name, page in world.pages.items()}

    english_pages, welsh_pages = (Page.objects.live().filter(locale__language_code=code, depth__gte=2) for code in ("en-gb", "cy"))
    assert set(english_pages.values_list("translation_key")) == set(welsh_pages.values_list("translation_key"))
    assert set(english_pages.values_list("title")) & set(welsh_pages.values_list("title")) == set()

    story = StoryPage.objects.get(slug="pob-plentyn-yn-ddarllenydd")
    assert ("Ysgol dau ddosbarth mynediad" in story.context, "two-form" in story.context) == (True, False)
    assert [party.value["part"] for party in story.involved] == ["supported_school", "supporting_school", "leader"]
    assert story.measures[0].value["name"] == "Blwyddyn 4 ar y safon ddisgwyliedig mewn darllen"

    home = client.get("/cy/").content.decode()
    assert ("Mae person yn ateb" in home, "A person answers" in home) == (True, False)
    assert {row.url: client.get(row.url).status_code for row in page_tree().public()} == dict.fromkeys(
        (row.url for row in page_tree().public()), 200
    )
    assert len(page_tree().public()) == 32


def test_way_in_is_added_once_and_in_welsh(client: Client, home: HomePage) -> None:
    target = make_standard(home, slug="request")
    make_welsh(home, title="Hafan")
    world = new_world()
    world.pages["home"] = home
    words = {"title": T("Ask", "Gofyn"), "text": T("For support", "Am gymorth"), "action": T("Request", "Gwneud cais")}
    for _time in range(2):
        add_way_in(world, page=target, icon="together", **words)

    assert len(HomePage.objects.get(pk=home.pk).ways_in) == 1
    assert 'href="/request/">Request</a>' in client.get("/").content.decode()
    assert "Gwneud cais" in client.get("/cy/").content.decode()


def test_picture_is_drawn_the_same_every_time() -> None:
    assert draw_picture(valley) == draw_picture(valley)


def test_words_side_by_side_are_told_apart() -> None:
    words = {"title": T("Home", "Hafan"), "rows": [T("One", "Un"), "as it is"]}

    assert english(words) == {"title": "Home", "rows": ["One", "as it is"]}
    assert welsh_words(words) == {"Home": "Hafan", "One": "Un"}


@pytest.mark.parametrize(("months", "first"), [(0, "2026-11-01"), (10, "2026-01-01"), (11, "2025-12-01"), (24, "2024-11-01")])
def test_month_before_crosses_years(months: int, first: str) -> None:
    assert month_before(NOW.date(), months).isoformat() == first

"""The list of stories, narrowed down by phase, theme and kind of support (P6)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from tests.factories.website import make_story, make_story_index
from website.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(home: HomePage) -> None:
    index = make_story_index(home)
    make_story(index, title="A", phase="PRIMARY", kind="DEPLOYMENT", theme="Reading")
    make_story(index, title="B", phase="PRIMARY", kind="PEER", theme="reading ")
    make_story(index, title="C", phase="SECONDARY", kind="PEER", theme="Attendance & behaviour")
    make_story(index, title="D", phase="SECONDARY", kind="PEER", theme="")
    closed = make_story(index, title="E", phase="NURSERY", kind="PEER", theme="Secret")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_story(index, title="F", phase="NURSERY", kind="PEER", theme="Drafted", live=False)


def titles(client: Client, query: str = "") -> list[str]:
    context: Any = client.get(f"/stories/?{query}&uncached=1").context
    return sorted(story.title for story in context["found"])


@pytest.mark.usefixtures("told")
def test_stories_are_narrowed_down_by_everything_together(client: Client) -> None:
    queries = {
        "": ["A", "B", "C", "D"],
        "phase=PRIMARY": ["A", "B"],
        "theme=reading": ["A", "B"],
        "theme=attendance-behaviour": ["C"],
        "kind=PEER": ["B", "C", "D"],
        "phase=PRIMARY&theme=reading&kind=PEER": ["B"],
        "phase=SECONDARY&theme=reading": [],
        "theme=nonsense": [],
    }
    assert {query: titles(client, query) for query in queries} == queries


@pytest.mark.usefixtures("told")
def test_options_say_how_many_stories_they_leave_and_tell_nothing_of_closed_ones(client: Client) -> None:
    filters = client.get("/stories/?kind=PEER").context["filters"]
    counts = {row["name"]: [(option.value, option.count) for option in row["options"]] for row in filters}

    assert counts == {
        "phase": [("PRIMARY", 1), ("SECONDARY", 2)],
        "theme": [("attendance-behaviour", 1), ("reading", 1)],
        "kind": [("DEPLOYMENT", 1), ("PEER", 3)],
    }
    text = client.get("/stories/").content.decode()
    assert "Attendance &amp; behaviour (1)" in text
    assert ("Secret" in text, "Drafted" in text) == (False, False)


@pytest.mark.usefixtures("told")
def test_narrowed_list_is_kept_for_visitors_and_costs_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/stories/?theme=reading&kind=PEER")
    assert client.get("/stories/?theme=reading&kind=PEER").context is None

    with django_assert_max_num_queries(8):
        client.get("/stories/?theme=reading&kind=PEER&uncached=1")

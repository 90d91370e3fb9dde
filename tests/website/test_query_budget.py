"""A public page costs few queries, however much is on it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.website import (
    body_of_every_block,
    make_article,
    make_article_index,
    make_contact,
    make_document,
    make_image,
    make_standard,
    make_story,
    make_story_index,
)
from website.freshness import forget
from website.models import HomePage

MOST_QUERIES = 8


def queries_of(client: Client, address: str) -> int:
    """Of a page that is not kept, in a process that has served pages before: its pictures are made, its menus remembered."""
    client.get(f"{address}?uncached=1")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{address}?uncached=2")
    assert response.status_code == 200
    return len(captured)


def full_body(home: HomePage, times: int) -> str:
    return body_of_every_block(times, link=make_standard(home), contact=make_contact(), image=make_image(), document=make_document())


def home_with(home: HomePage, times: int) -> str:
    home.body = full_body(home, times)
    return ordinary_home_with(home, times)


def ordinary_home_with(home: HomePage, times: int) -> str:
    """A picture, two ways in and stories."""
    target = make_standard(home)
    home.picture = make_image()
    way = {"icon": "ask", "title": "Ask", "text": "For support", "action": "Request support", "page": target.pk, "url": ""}
    home.ways_in = json.dumps([{"type": "way", "value": way}] * 2)
    home.save()
    index = make_story_index(home)
    for _number in range(times):
        make_story(index, is_featured=True, picture=make_image())
    return "/"


def standard_with(home: HomePage, times: int) -> str:
    page = make_standard(home, body=full_body(home, times), picture=make_image())
    return f"/{page.slug}/"


def article_with(home: HomePage, times: int) -> str:
    page = make_article(make_article_index(home), body=full_body(home, times), picture=make_image())
    return f"/articles/{page.slug}/"


def story_with(home: HomePage, times: int) -> str:
    linked = f'<p><a linktype="page" id="{home.pk}">home</a></p>' * times
    make_contact()
    story = make_story(
        make_story_index(home),
        picture=make_image(),
        context=linked,
        what_we_did=linked,
        outcomes=linked,
        lessons=linked,
        involved=json.dumps([{"type": "party", "value": {"name": "A school", "part": "supported_school", "note": ""}}] * times),
        measures=json.dumps([{"type": "measure", "value": {"name": "Reading", "before": "1", "after": "2"}}] * times),
    )
    return f"/stories/{story.slug}/"


def story_index_with(home: HomePage, times: int) -> str:
    index = make_story_index(home)
    for _number in range(times):
        make_story(index, picture=make_image())
    return "/stories/"


def article_index_with(home: HomePage, times: int) -> str:
    index = make_article_index(home)
    for _number in range(times):
        make_article(index, picture=make_image())
    return "/articles/"


@pytest.mark.parametrize("make", [ordinary_home_with, story_with])
def test_first_page_after_a_change_costs_few_queries_too(client: Client, home: HomePage, make: Callable[[HomePage, int], str]) -> None:
    """Menus, settings and contacts have to be read again: that is in the budget of a page of ordinary content."""
    make_contact()
    address = make(home, 5)
    queries_of(client, address)
    forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{address}?uncached=3")

    assert len(captured) <= MOST_QUERIES


@pytest.mark.parametrize("make", [home_with, standard_with, article_with, story_with])
@pytest.mark.parametrize("times", [1, 50])
def test_page_costs_few_queries_however_many_blocks(
    client: Client, home: HomePage, make: Callable[[HomePage, int], str], times: int
) -> None:
    address = make(home, times)

    assert queries_of(client, address) <= MOST_QUERIES


@pytest.mark.parametrize("make", [home_with, standard_with, article_with, story_with])
def test_page_costs_the_same_for_one_and_fifty_blocks(client: Client, home: HomePage, make: Callable[[HomePage, int], str]) -> None:
    address = make(home, 1)
    one = queries_of(client, address)
    for child in home.get_children():
        child.delete()
    home.refresh_from_db()

    assert queries_of(client, make(home, 50)) == one


@pytest.mark.parametrize("make", [story_index_with, article_index_with])
def test_list_costs_the_same_for_one_and_fifty_rows(client: Client, home: HomePage, make: Callable[[HomePage, int], str]) -> None:
    address = make(home, 1)
    one = queries_of(client, address)
    for child in home.get_children():
        child.delete()
    home.refresh_from_db()
    make(home, 50)

    assert queries_of(client, address) == one
    assert one <= MOST_QUERIES

"""Search finds what anybody may read, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from tests.factories.website import make_standard, make_welsh
from website.models import HomePage, StandardPage

WORD = "marzipan"


def found(client: Client, query: str, address: str = "/search/") -> list[str]:
    call_command("update_index", verbosity=0)
    context: Any = client.get(address, {"q": query}).context
    return sorted(result.title for result in context["found"])


def test_search_finds_pages_by_their_text(client: Client, home: HomePage) -> None:
    make_standard(home, title="About cakes", introduction=f"With {WORD}.")
    make_standard(home, title="About bread")

    assert found(client, WORD) == ["About cakes"]


def test_search_never_finds_what_not_everybody_may_read(client: Client, home: HomePage) -> None:
    make_standard(home, title="Open", introduction=WORD)
    make_standard(home, title="Draft", introduction=WORD, live=False)
    closed = make_standard(home, title="Closed", slug="closed", introduction=WORD)
    make_standard(closed, title="Below closed", introduction=WORD)
    StandardPage.objects.get(pk=closed.pk).create_alias(parent=home, update_slug="alias")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    gone = make_standard(home, title="Gone", introduction=WORD)
    gone.unpublish()

    assert found(client, WORD) == ["Open"]


def test_search_keeps_to_the_language(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    make_welsh(make_standard(home, title="English page", introduction=WORD), title="Tudalen Gymraeg")

    assert found(client, WORD) == ["English page"]
    assert found(client, WORD, "/cy/search/") == ["Tudalen Gymraeg"]


@pytest.mark.parametrize("query", ["", "   ", "'; DROP TABLE", '"', "a" * 5000, "* OR 1", "𝕏 ✓", "NEAR(", "title:x"])
def test_search_takes_any_words(client: Client, home: HomePage, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200


def test_search_cuts_a_long_query(client: Client, home: HomePage) -> None:
    assert len(client.get("/search/", {"q": "x" * 5000}).context["words"]) == 100


def test_search_shows_words_as_text(client: Client, home: HomePage) -> None:
    text = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_search_is_paged(client: Client, home: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(25):
        make_standard(home, title=f"{WORD} {number}")
    assert len(found(client, WORD)) == 10

    with django_assert_max_num_queries(8):
        text = client.get("/search/", {"q": WORD, "page": "3"}).content.decode()

    assert text.count('class="results__item"') == 5
    assert f'href="?q={WORD}&amp;page=2"' in text
    assert "21 to 25 of 25" in text


def test_search_that_finds_nothing_says_what_to_do(client: Client, home: HomePage) -> None:
    assert "Try fewer or other words." in client.get("/search/", {"q": WORD}).content.decode()

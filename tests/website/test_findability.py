"""What search engines and social sites are told of a page: title, description, picture, language, and data of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.website import (
    make_article,
    make_article_index,
    make_contact,
    make_image,
    make_standard,
    make_story,
    make_story_index,
    make_welsh,
)
from website.models import HomePage

SITE = "http://127.0.0.1:8000"


def head_of(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser").head


def meta(head: BeautifulSoup, name: str) -> str | None:
    found = head.find("meta", attrs={"property": name}) or head.find("meta", attrs={"name": name})
    return found["content"] if found else None


def data_of(client: Client, address: str) -> list[dict[str, Any]]:
    return [json.loads(script.string) for script in head_of(client, address).find_all("script", type="application/ld+json")]


def test_page_has_title_description_and_picture_for_those_who_link_to_it(client: Client, home: HomePage) -> None:
    make_standard(home, slug="support", title="Support", introduction='How "we" help & why.', picture=make_image())
    head = head_of(client, "/support/")

    assert head.title.text.startswith("Support – ")
    assert {name: meta(head, name) for name in ("description", "og:title", "og:description", "og:url", "og:locale", "og:type")} == {
        "description": 'How "we" help & why.',
        "og:title": "Support",
        "og:description": 'How "we" help & why.',
        "og:url": f"{SITE}/support/",
        "og:locale": "en_GB",
        "og:type": "website",
    }
    assert str(meta(head, "og:image")).startswith(SITE)
    assert (meta(head, "og:image:width"), meta(head, "og:image:height")) != (None, None)


def test_what_editors_write_for_search_engines_goes_first(client: Client, home: HomePage) -> None:
    make_standard(
        home, slug="support", title="Support", seo_title="Help for schools", search_description="In one line.", introduction="Long."
    )
    head = head_of(client, "/support/")

    assert head.title.text.startswith("Help for schools – ")
    assert (meta(head, "og:title"), meta(head, "description")) == ("Help for schools", "In one line.")


def test_page_without_words_or_picture_says_nothing_of_them(client: Client, home: HomePage) -> None:
    make_standard(home, slug="bare", introduction="")
    head = head_of(client, "/bare/")

    assert (meta(head, "description"), meta(head, "og:description"), meta(head, "og:image")) == (None, None, None)


def test_home_page_is_called_by_its_heading(client: Client, home: HomePage) -> None:
    head = head_of(client, "/")

    assert head.title.text.startswith("Experienced leaders – ")
    assert meta(head, "og:title") == "Experienced leaders"


def test_home_page_says_who_we_are(client: Client, home: HomePage) -> None:
    make_contact(title="Support lead", telephone="01632 960 001", email="ada@example.org")
    (data,) = data_of(client, "/")

    assert data == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": data["name"],
        "url": f"{SITE}/",
        "description": "Our mission.",
        "contactPoint": [
            {"@type": "ContactPoint", "contactType": "Support lead", "telephone": "01632 960 001", "email": "ada@example.org"}
        ],
    }


def test_article_says_when_and_by_whom_it_was_written(client: Client, home: HomePage) -> None:
    make_article(make_article_index(home), slug="a", title="First </script><script>alert(1)</script> & more", author="Ada")
    (data,) = data_of(client, "/articles/a/")

    assert (data["@type"], data["headline"], data["datePublished"], data["author"]) == (
        "Article",
        "First </script><script>alert(1)</script> & more",
        "2026-07-01",
        {"@type": "Person", "name": "Ada"},
    )
    assert "<script>alert(1)" not in client.get("/articles/a/").content.decode()


def test_other_pages_have_no_data(client: Client, home: HomePage) -> None:
    make_story(make_story_index(home), slug="s")

    assert [data_of(client, address) for address in ("/stories/", "/stories/s/")] == [[], []]


def test_welsh_page_says_its_language_and_its_english_twin(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan", heading="Arweinwyr profiadol")
    head = head_of(client, "/cy/")
    links = {(link.get("hreflang"), link["href"]) for link in head.find_all("link", rel="alternate")}

    assert links == {("cy", f"{SITE}/cy/"), ("en-gb", f"{SITE}/")}
    assert (meta(head, "og:locale"), head.find("link", rel="canonical")["href"]) == ("cy", f"{SITE}/cy/")
    assert data_of(client, "/cy/")[0]["url"] == f"{SITE}/cy/"


@pytest.mark.parametrize(("query", "canonical"), [("?phase=PRIMARY", "/stories/"), ("?page=2&theme=x", "/stories/?page=2")])
def test_list_that_is_narrowed_down_names_the_whole_list(client: Client, home: HomePage, query: str, canonical: str) -> None:
    make_story_index(home)

    assert head_of(client, f"/stories/{query}").find("link", rel="canonical")["href"] == SITE + canonical

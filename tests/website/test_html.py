"""What holds for every page: nothing inline, one heading, everything from our own address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string
from django.test import Client

from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory, UserFactory
from tests.factories.website import (
    make_article,
    make_article_index,
    make_contact,
    make_directory,
    make_image,
    make_standard,
    make_story,
    make_story_index,
    make_welsh,
)
from tests.website.test_query_budget import full_body
from website.models import HomePage

CSS = Path(__file__).parents[2] / "site" / "website" / "static" / "website" / "css"
TEMPLATES = Path(__file__).parents[2] / "site" / "website" / "templates"


@pytest.fixture
def everything(home: HomePage) -> HomePage:
    """A site with every page type, with pictures and every block."""
    way = {"icon": "ask", "title": "Ask", "text": "For support", "action": "Request support", "page": home.pk, "url": ""}
    home.ways_in = json.dumps([{"type": "way", "value": way}] * 2)
    home.body, home.picture = full_body(home, 1), make_image(description="A valley")
    home.save()
    make_welsh(home, title="Hafan")
    make_standard(home, slug="standard", body=full_body(home, 1), picture=make_image())
    stories = make_story_index(home)
    measures = json.dumps([{"type": "measure", "value": {"name": "Reading", "before": "1", "after": "2"}}])
    quote = json.dumps([{"type": "quote", "value": {"text": "It helped.", "by": "A head"}}])
    make_story(stories, slug="story", is_featured=True, picture=make_image(), outcomes="<p>Better.</p>", measures=measures, quote=quote)
    make_article(make_article_index(home), slug="article", author="Ada", body=full_body(home, 1), picture=make_image())
    make_contact(email="ada@example.org", hours="Term time")
    make_directory(home)
    SystemLeaderFactory(pk=4711, user=UserFactory(first_name="Ada", last_name="Leader"), consents_to_listing_at=NOON, phases=["PRIMARY"])
    return home


ADDRESSES = [
    "/",
    "/cy/",
    "/cy/?from=no-translation",
    "/standard/",
    "/stories/",
    "/stories/?phase=SECONDARY",
    "/stories/story/",
    "/articles/",
    "/articles/article/",
    "/leaders/",
    "/leaders/?phase=SECONDARY",
    "/leaders/ada-leader-4711/",
    "/search/",
    "/search/?q=a",
    "/nowhere/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_nothing_inline_and_nothing_from_elsewhere(client: Client, everything: HomePage, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")

    assert page.find_all(style=True) == []
    assert page.find_all("style") == []
    assert [script for script in page.find_all("script") if not script.get("src") and script.get("type") != "application/ld+json"] == []
    assert [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")] == []
    sources = [tag.get("src") or tag.get("href") for tag in page.select("link[rel=stylesheet], link[rel=icon], script[src], img")]
    assert [source for source in sources if not re.match(r"/(static|media|theme)", source)] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_one_heading_a_language_and_a_way_past_the_masthead(client: Client, everything: HomePage, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")

    assert len(page.find_all("h1")) == 1
    assert page.html["lang"] == ("cy" if address.startswith("/cy/") else "en-gb")
    assert page.find(id=page.select_one("a.skip")["href"].removeprefix("#")).name == "main"
    assert page.title.text.strip()
    assert [image for image in page.find_all("img") if image.get("alt") is None] == []


class SmallForm(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("context", "is_error"), [({}, False), ({"form": SmallForm()}, False), ({"form": SmallForm({})}, True), ({"has_errors": True}, True)]
)
def test_page_with_an_error_says_so_in_its_title(context: dict[str, object], is_error: bool) -> None:
    page = BeautifulSoup(render_to_string("website/base.html", context), "html.parser")

    assert page.title and page.title.text.strip().startswith("Error:") is is_error


def test_every_stylesheet_is_linked_and_every_link_exists() -> None:
    listed = re.findall(r"website/css/([\w-]+\.css)", (TEMPLATES / "website" / "includes" / "stylesheets.html").read_text())

    assert sorted(listed) == sorted(path.name for path in CSS.glob("*.css"))


def test_every_component_is_in_the_readme() -> None:
    readme = (CSS / "README.md").read_text()

    assert [path.name for path in CSS.glob("*.css") if path.name not in {"footer.css"} and path.name not in readme] == []


def test_every_class_of_the_templates_has_a_style() -> None:
    styles = "\n".join(path.read_text() for path in CSS.glob("*.css"))
    texts = [re.sub(r"{[%{#].*?[%}#]}", " ", path.read_text()) for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]
    used = {name for text in texts for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
    unstyled = {name for name in used if not name.endswith("-") and not re.search(rf"\.{re.escape(name)}(?:__|(?![\w-]))", styles)}

    assert unstyled == set()

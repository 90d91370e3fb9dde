"""Pages are found by the remembered tree as they would be by Wagtail's own walk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.factories.website import make_standard, make_story, make_story_index, make_welsh
from website.models import ArticlePage, ContactPage, HomePage, StandardPage, StoryPage
from website.tree import page_tree


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/a/", 200), ("/a/b/", 200), ("/b/", 404), ("/a/b/c/", 404), ("/draft/", 404), ("/draft/child/", 200)],
)
def test_page_is_found_where_it_stands(client: Client, home: HomePage, address: str, status: int) -> None:
    make_standard(make_standard(home, slug="a"), slug="b")
    draft = make_standard(home, slug="draft", live=False)
    make_standard(draft, slug="child")

    assert client.get(address).status_code == status


def test_address_without_a_slash_is_sent_to_the_one_with(client: Client, home: HomePage) -> None:
    make_standard(home, slug="a")

    assert client.get("/a")["Location"] == "/a/"


def test_page_of_another_language_is_not_served_under_this_one(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    make_welsh(make_standard(home, slug="only-welsh"), title="Cymraeg")
    StandardPage.objects.get(slug="only-welsh", locale__language_code="en-gb").unpublish()

    assert client.get("/cy/only-welsh/").status_code == 200
    assert client.get("/only-welsh/").status_code == 404


def test_moved_and_renamed_page_is_found_at_its_new_address(client: Client, home: HomePage) -> None:
    """Wagtail leaves a redirect at the first one."""
    a, b = make_standard(home, slug="a"), make_standard(home, slug="b")
    assert client.get("/b/").status_code == 200
    b.move(a, pos="last-child")
    a = StandardPage.objects.get(pk=a.pk)
    a.slug = "renamed"
    a.save_revision().publish()

    assert [client.get(address).status_code for address in ("/b/", "/a/b/", "/renamed/b/")] == [301, 404, 200]


def test_restriction_covers_the_pages_below_and_aliases(client: Client, home: HomePage) -> None:
    closed = make_standard(home, slug="closed")
    make_standard(closed, slug="below")
    closed = StandardPage.objects.get(pk=closed.pk)
    closed.create_alias(parent=home, update_slug="alias")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert [client.get(address).status_code for address in ("/closed/", "/closed/below/", "/alias/", "/")] == [302, 302, 302, 200]


def test_password_page_of_a_restricted_page_works(client: Client, home: HomePage) -> None:
    closed = make_standard(home, slug="closed", introduction="The secret words.")
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame")
    asked = client.get("/closed/")
    action = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, closed.pk])
    client.post(action, {"password": "open-sesame", "return_url": "/closed/"})

    assert (asked.status_code, b"The secret words." in asked.content) == (200, False)
    assert b"The secret words." in client.get("/closed/").content


def test_tree_is_empty_without_a_site(db: None) -> None:
    from wagtail.models import Site

    Site.objects.all().delete()

    assert page_tree().public() == []


def test_page_is_served_with_the_site_and_addresses_wagtail_expects(client: Client, home: HomePage) -> None:
    page = make_standard(home, slug="a")
    request = client.get("/a/").wsgi_request

    assert page.get_url(request) == reverse("wagtail_serve", args=("a/",)) == "/a/"


@pytest.mark.parametrize(
    ("parent", "child", "allowed"),
    [
        (Page, HomePage, True),
        (HomePage, HomePage, False),
        (HomePage, StandardPage, True),
        (StandardPage, StandardPage, True),
        (HomePage, ContactPage, True),
        (HomePage, StoryPage, False),
        (HomePage, ArticlePage, False),
        (StandardPage, ContactPage, False),
    ],
)
def test_page_types_stand_where_they_belong(parent: type[Page], child: type[Page], allowed: bool) -> None:
    assert (child in parent.allowed_subpage_models()) is allowed


def test_story_shows_the_sections_that_were_written(home: HomePage) -> None:
    story = make_story(make_story_index(home), context="<p>A</p>", lessons="<p>B</p>")

    assert [section["name"] for section in story.sections] == ["context", "lessons"]

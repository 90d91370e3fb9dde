"""Menu, languages, breadcrumbs and what search engines read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories.people import make_user
from tests.factories.website import make_standard, make_welsh
from website.models import HomePage


def links(client: Client, address: str, kind: str) -> list[tuple[str, str]]:
    website: Any = client.get(address).context["website"]
    return [(str(link.title), link.url) for link in getattr(website, kind)]


def restrict(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_menu_has_the_open_pages_that_editors_put_into_it(client: Client, home: HomePage) -> None:
    support = make_standard(home, title="Support", slug="support", show_in_menus=True)
    make_standard(support, title="Deeper", show_in_menus=True)
    make_standard(home, title="Not in menus")
    make_standard(home, title="Draft", show_in_menus=True, live=False)
    restrict(make_standard(home, title="For members", show_in_menus=True))

    assert links(client, "/", "menu") == [("Support", "/support/")]


def test_menu_marks_the_section_one_is_in(client: Client, home: HomePage) -> None:
    support = make_standard(home, title="Support", slug="support", show_in_menus=True)
    make_standard(home, title="Supportive", slug="supportive", show_in_menus=True)
    make_standard(support, slug="deeper")

    menu = client.get("/support/deeper/").context["website"].menu

    assert [link.is_current for link in menu] == [True, False]


def test_breadcrumbs_are_the_pages_above(client: Client, home: HomePage) -> None:
    support = make_standard(home, title="Support", slug="support")
    make_standard(support, slug="deeper")

    assert links(client, "/support/deeper/", "trail") == [("Home", "/"), ("Support", "/support/")]


def test_language_switch_stays_on_the_page(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    page = make_standard(home, title="Support", slug="support")
    make_welsh(page, title="Cymorth", slug="cymorth")

    assert links(client, "/support/", "other_languages") == [("Cymraeg", "/cy/cymorth/")]
    assert links(client, "/cy/cymorth/", "other_languages") == [("English", "/support/")]


def test_language_switch_without_a_translation_leads_to_the_home_page_which_says_so(client: Client, home: HomePage) -> None:
    make_welsh(home, heading="Arweinwyr profiadol")
    make_standard(home, slug="support")

    ((_title, address),) = links(client, "/support/", "other_languages")
    text = client.get(address).content.decode()

    assert address == "/cy/?from=no-translation"
    assert "Arweinwyr profiadol" in text
    assert 'class="notification" role="status"' in text
    assert 'class="notification" role="status"' not in client.get("/cy/").content.decode()


def test_language_switch_of_a_view_keeps_its_query(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")

    assert links(client, "/search/?q=reading", "other_languages") == [("Cymraeg", "/cy/search/?q=reading")]


def test_language_switch_is_not_there_for_a_language_without_a_home_page(client: Client, home: HomePage) -> None:
    assert links(client, "/", "other_languages") == []


def test_language_switch_does_not_lead_to_a_draft_or_a_restricted_page(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    draft = make_welsh(make_standard(home, slug="a"), title="A")
    draft.unpublish()
    restrict(make_welsh(make_standard(home, slug="b"), title="B"))

    assert [links(client, f"/{slug}/", "other_languages")[0][1] for slug in "ab"] == ["/cy/?from=no-translation"] * 2


def test_page_names_itself_and_its_translations_by_the_site_s_address(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")

    text = client.get("/", headers={"host": "localhost"}).content.decode()

    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in text
    assert '<link rel="alternate" hreflang="cy" href="http://127.0.0.1:8000/cy/">' in text
    assert '<link rel="alternate" hreflang="en-gb" href="http://127.0.0.1:8000/">' in text


def test_way_in_for_people_with_an_account_is_sign_in_or_their_account(client: Client, home: HomePage) -> None:
    signed_in = Client()
    signed_in.force_login(make_user())

    assert links(client, "/?x=1", "tools")[-1] == ("Sign in", "/account/login/")
    assert links(signed_in, "/?x=1", "tools")[-1] == ("Your account", "/portal/")


def test_sitemap_lists_open_pages_with_their_languages(client: Client, home: HomePage) -> None:
    make_welsh(home, title="Hafan")
    make_standard(home, slug="support")
    make_standard(home, slug="draft", live=False)
    restrict(make_standard(home, slug="members"))

    text = client.get("/sitemap.xml").content.decode()

    assert text.count("<loc>") == 3
    assert "<loc>http://127.0.0.1:8000/support/</loc>" in text
    assert '<xhtml:link rel="alternate" hreflang="cy" href="http://127.0.0.1:8000/cy/"/>' in text
    assert ("draft" in text, "members" in text) == (False, False)


@pytest.mark.django_db
def test_robots_are_kept_out_of_what_is_not_public(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert [line for line in text.splitlines() if "portal" in line or "/f/" in line] == [
        "Disallow: /f/",
        "Disallow: /portal/",
        "Disallow: /cy/portal/",
    ]
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text

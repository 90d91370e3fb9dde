"""Editors reach what they look after."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import make_user
from tests.factories.website import make_contact, make_image, make_standard, make_story_index
from website.models import HomePage, SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(is_superuser=True))
    return client


@pytest.mark.parametrize(
    "model", ["homepage", "standardpage", "storyindexpage", "storypage", "articleindexpage", "articlepage", "contactpage"]
)
def test_form_of_every_page_type_opens(editor: Client, home: HomePage, model: str) -> None:
    make_contact()

    assert editor.get(reverse("wagtailadmin_pages:add", args=["website", model, home.pk])).status_code in {200, 302}
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200


def test_settings_refuse_a_pale_accent_in_words(editor: Client, home: HomePage) -> None:
    address = editor.get(reverse("wagtailsettings:edit", args=["website", "sitesettings"]))["Location"]
    response = editor.post(address, {"name": "Alliance", "accent": "#f3c54b"})

    assert "1.40 to 1; text needs at least 4.5 to 1" in response.content.decode()
    assert SiteSettings.objects.filter(accent="#f3c54b").exists() is False


def test_settings_are_saved(editor: Client, home: HomePage) -> None:
    address = editor.get(reverse("wagtailsettings:edit", args=["website", "sitesettings"]))["Location"]
    editor.post(address, {"name": "Alliance", "accent": "#1D4A86", "logo": make_image().pk, "privacy_page": make_standard(home).pk})

    assert [(found.name, found.accent) for found in SiteSettings.objects.all()] == [("Alliance", "#1d4a86")]


def test_contacts_are_listed_and_changed(editor: Client, home: HomePage) -> None:
    contact = make_contact(person_name="Ada Invented")

    assert "Ada Invented" in editor.get(reverse("wagtailsnippets_website_contactrole:list")).content.decode()
    response = editor.post(
        reverse("wagtailsnippets_website_contactrole:edit", args=[contact.pk]),
        {"title": "Support lead", "key": contact.key, "order": "0", "person_name": "Bertha Invented", "telephone": "01632 960 002"},
    )

    assert response.status_code == 302
    assert [(row.person_name, row.history_user is not None) for row in contact.history.all()] == [
        ("Bertha Invented", True),
        ("Ada Invented", False),
    ]


def test_story_is_written_and_published(editor: Client, home: HomePage) -> None:
    index = make_story_index(home)
    form = {
        "title": "A story",
        "slug": "a-story",
        "introduction": "How it went.",
        "date": "01/07/2026",
        "phase": "PRIMARY",
        "kind": "PEER",
        "action-publish": "1",
        **{f"{name}-count": "0" for name in ("involved", "measures", "quote")},
        **dict.fromkeys(("context", "what_we_did", "outcomes", "went_well", "challenges", "lessons", "advice"), "null"),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = editor.post(reverse("wagtailadmin_pages:add", args=["website", "storypage", index.pk]), form)

    assert response.status_code == 302
    assert Client().get("/stories/a-story/").status_code == 200

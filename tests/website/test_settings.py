"""The alliance's name, words and accent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Site

from tests.factories.website import make_image, make_standard, make_welsh
from website.colours import Tones, contrast
from website.models import HomePage, SiteSettings, SiteWording
from website.models.settings import check_accent


def make_settings(**values: Any) -> SiteSettings:
    return SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), **values)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#0b5a4e", "#0b5a4e", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


@pytest.mark.parametrize("accent", ["#0b5a4e", "#1d4a86", "#99201c", "#5b2a86", "#000000"])
def test_readable_accent_is_taken(accent: str) -> None:
    check_accent(accent)


@pytest.mark.parametrize(
    ("accent", "message"),
    [
        (
            "#f3c54b",
            "The contrast of #f3c54b with the page's darker background is 1.40 to 1; text needs at least 4.5 to 1. Choose a darker colour.",
        ),
        (
            "#767676",
            "The contrast of #767676 with the page's darker background is 3.92 to 1; text needs at least 4.5 to 1. Choose a darker colour.",
        ),
    ],
)
def test_pale_accent_is_refused_with_its_ratio(accent: str, message: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_accent(accent)

    assert refusal.value.messages == [message]


@pytest.mark.parametrize("accent", ["", "green", "#fff", "#0b5a4", "#0b5a4e; } body { display: none", "#0B5A4E\n"])
def test_accent_that_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(ValidationError, match="six digits"):
        check_accent(accent)


@pytest.mark.parametrize("accent", ["#0b5a4e", "#1d4a86", "#99201c", "#5b2a86"])
def test_derived_tones_can_be_read(accent: str) -> None:
    tones = Tones.of(accent)

    assert min(contrast("#ffffff", tones.accent), contrast("#ffffff", tones.deep), contrast(tones.deep, tones.soft)) >= 4.5


@pytest.mark.django_db
def test_settings_take_capitals_and_keep_history() -> None:
    found = make_settings(name="Invented Alliance", accent="#1D4A86")
    found.full_clean()
    found.save()

    assert found.accent == "#1d4a86"
    assert [row.accent for row in found.history.all()] == ["#1d4a86", "#1D4A86"]


def test_theme_follows_the_accent_under_a_new_address(client: Client, home: HomePage) -> None:
    found = make_settings()
    before = client.get("/").context["website"].theme_url
    found.accent = "#1d4a86"
    found.save()
    after = client.get("/").context["website"].theme_url

    assert before != after
    assert client.get(after).content.decode() == ":root { --accent: #1d4a86; --accent-deep: #153560; --accent-soft: #e4e9f0; }\n"


def test_theme_is_kept_long_under_its_own_digest_only(client: Client, home: HomePage) -> None:
    address = client.get("/").context["website"].theme_url

    assert client.get(address)["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/theme.css")["Cache-Control"] == "no-cache"
    assert client.get("/theme.css?v=other")["Cache-Control"] == "no-cache"
    assert client.get(address)["Content-Type"] == "text/css; charset=utf-8"


def test_page_shows_name_strapline_logo_and_foot(client: Client, home: HomePage) -> None:
    make_settings(
        name="Invented Alliance", strapline="Schools & schools", logo=make_image(), privacy_page=make_standard(home, title="Privacy")
    )

    text = client.get("/").content.decode()

    assert "<title>Experienced leaders – Invented Alliance</title>" in text
    assert "Schools &amp; schools" in text
    assert 'alt="Invented Alliance"' in text
    assert ">Privacy</a>" in text


def test_words_of_another_language_fall_back_to_the_settings(client: Client, home: HomePage) -> None:
    make_settings(name="Invented Alliance", strapline="Schools for schools")
    make_welsh(home, heading="Arweinwyr profiadol")
    SiteWording.objects.create(locale=Locale.objects.get(language_code="cy"), strapline="Ysgolion i ysgolion")

    website = client.get("/cy/").context["website"]

    assert (website.name, website.strapline) == ("Invented Alliance", "Ysgolion i ysgolion")
    assert client.get("/").context["website"].strapline == "Schools for schools"

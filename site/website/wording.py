"""The site's settings as pages show them, with no query."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from website.freshness import per_content
from website.models.settings import SiteSettings, SiteWording
from website.tree import page_tree


@dataclass(frozen=True)
class Wording:
    """The site's words in one language."""

    name: str
    strapline: str
    telephone_hours: str


@dataclass(frozen=True)
class Logo:
    url: str
    width: int
    height: int


@per_content
def site_settings() -> SiteSettings:
    """The settings of the site; the defaults while nobody has saved any."""
    found = SiteSettings.objects.select_related("logo").filter(site=page_tree().site).first()
    return found or SiteSettings()


@per_content
def wording(language: str) -> Wording:
    found = site_settings()
    other = None
    if language != settings.LANGUAGE_CODE:  # the settings themselves are in that one
        other = SiteWording.objects.filter(locale__language_code=language).first()
    other = other or SiteWording()
    return Wording(
        name=other.name or found.name,
        strapline=other.strapline or found.strapline,
        telephone_hours=other.telephone_hours or found.telephone_hours,
    )


@per_content
def logo() -> Logo | None:
    image = site_settings().logo
    if image is None:
        return None
    rendition = image.get_rendition("max-480x96")
    return Logo(rendition.url, rendition.width // 2, rendition.height // 2)

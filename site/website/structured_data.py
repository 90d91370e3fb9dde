"""What search engines are told in their own words (schema.org, as JSON-LD): who we are, and what a page offers."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from website.context import Website
from website.models import SitePage

ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured_data(page: SitePage, website: Website) -> dict[str, Any] | None:
    """By the page's `schema_type`: nothing for most pages."""
    makers = {"Organization": _organization, "Service": _service, "Article": _article}
    maker = makers.get(page.schema_type)
    return {"@context": "https://schema.org", **maker(page, website)} if maker else None


def as_script(data: dict[str, Any]) -> SafeString:
    """A block of data, which no browser runs; nothing in it can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def absolute(url: str) -> str:
    """With the site's address before a path; S3 gives whole addresses."""
    return settings.SITE_URL + url if url.startswith("/") else url


def _us(website: Website) -> dict[str, Any]:
    return {"@type": "Organization", "name": website.name, "url": absolute(website.home_url)}


def _organization(page: Any, website: Website) -> dict[str, Any]:
    contacts = [
        {"@type": "ContactPoint", "contactType": contact.title, "telephone": contact.telephone, "email": contact.email}
        for contact in website.contacts
    ]
    found = {**_us(website), "description": page.summary or website.strapline}
    if website.logo:
        found["logo"] = absolute(website.logo.url)
    if contacts:
        found["contactPoint"] = [{name: value for name, value in contact.items() if value} for contact in contacts]
    return found


def _service(page: SitePage, website: Website) -> dict[str, Any]:
    return {"@type": "Service", "name": page.title, "description": page.summary, "url": website.canonical, "provider": _us(website)}


def _article(page: Any, website: Website) -> dict[str, Any]:
    author = {"@type": "Person", "name": page.author} if page.author else _us(website)
    return {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "url": website.canonical,
        "inLanguage": website.language,
        "datePublished": page.date.isoformat(),
        "author": author,
        "publisher": _us(website),
    }

"""What search engines read: robots.txt and the sitemap with the languages of each page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from common.access import PUBLIC, access
from website.page_cache import allow_caching
from website.tree import page_tree

CLOSED = ("admin/", "account/", "portal/", "search/", "comments/")
CLOSED_WITHOUT_LANGUAGE = ("/f/", "/files/", "/calendar/")
MOST = 50_000
"""The protocol's limit for one sitemap."""


@access(PUBLIC)
def robots(request: HttpRequest) -> HttpResponse:
    allow_caching(request)
    prefixes = ["/" if code == settings.LANGUAGE_CODE else f"/{code}/" for code, _name in settings.LANGUAGES]
    closed = [*CLOSED_WITHOUT_LANGUAGE, *(prefix + address for prefix in prefixes for address in CLOSED)]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed), f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access(PUBLIC)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live page that anybody may open, with its translations."""
    allow_caching(request)
    tree = page_tree()
    entries = []
    for row in tree.public()[:MOST]:
        others = [other for other in tree.translations(row).values() if not other.is_restricted]
        entries.append({"row": row, "others": others if len(others) > 1 else []})
    return render(request, "website/sitemap.xml", {"entries": entries, "root": settings.SITE_URL}, content_type="application/xml")

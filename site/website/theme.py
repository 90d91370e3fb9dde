"""The alliance's accent, served as a stylesheet whose address changes with it."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.access import PUBLIC, access
from website.colours import Tones
from website.freshness import per_content
from website.wording import site_settings

YEAR = 60 * 60 * 24 * 365


@per_content
def theme_css() -> str:
    tones = Tones.of(site_settings().accent)
    return f":root {{ --accent: {tones.accent}; --accent-deep: {tones.deep}; --accent-soft: {tones.soft}; }}\n"


@per_content
def theme_url() -> str:
    return f"{reverse('theme')}?v={_digest()}"


def _digest() -> str:
    return hashlib.sha256(theme_css().encode()).hexdigest()[:12]


@access(PUBLIC)
def theme(request: HttpRequest) -> HttpResponse:
    """Kept for a year under its own digest; under any other, not at all."""
    response = HttpResponse(theme_css(), content_type="text/css; charset=utf-8")
    is_current = request.GET.get("v") == _digest()
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_current else "no-cache"
    return response

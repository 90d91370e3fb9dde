"""The sizes in which pictures are shown, and how many of them are fetched at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects

from website.models.media import SiteImage, SiteRendition

SIZES = {
    "card": "fill-720x405|format-webp",
    "hero": "fill-960x720|format-webp",
    "text": "max-1280x960|format-webp",
    "social": "fill-1200x630|format-jpeg",
}


def renditions_of(size: str, *, field: str = "") -> Prefetch[str]:
    """For `prefetch_related`: the renditions of one size, of a picture or of what has it in `field`."""
    lookup = f"{field}__renditions" if field else "renditions"
    return Prefetch(lookup, queryset=SiteRendition.objects.filter(filter_spec=SIZES[size]), to_attr="prefetched_renditions")


def fetch_renditions(images: Iterable[SiteImage | None], size: str) -> None:
    """Fetch the renditions of many pictures in one query."""
    prefetch_related_objects([image for image in images if image], renditions_of(size))

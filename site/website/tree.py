"""The tree of live pages, remembered per process: addresses, menus, translations and restrictions without a query."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

from website.freshness import per_content


@dataclass(frozen=True, slots=True)
class PageRow:
    """What menus and links need of a live page. `path` is the tree's, `address` is relative to the home page."""

    pk: int
    path: str
    address: str
    url: str
    title: str
    language: str
    translation_key: uuid.UUID
    content_type_id: int
    in_menus: bool
    is_restricted: bool
    changed_at: datetime | None


@dataclass
class PageTree:
    """All live pages of the site, in the order of the tree."""

    site: Site | None = None
    root_paths: list[SiteRootPath] = field(default_factory=list)
    homes: dict[str, PageRow] = field(default_factory=dict)
    by_id: dict[int, PageRow] = field(default_factory=dict)
    by_path: dict[str, PageRow] = field(default_factory=dict)
    by_address: dict[tuple[str, str], PageRow] = field(default_factory=dict)
    by_translation: dict[uuid.UUID, dict[str, PageRow]] = field(default_factory=dict)
    by_parent: dict[str, list[PageRow]] = field(default_factory=dict)

    def add(self, row: PageRow) -> None:
        self.by_id[row.pk] = row
        self.by_path[row.path] = row
        self.by_address[row.language, row.address] = row
        self.by_parent.setdefault(row.path[: -Page.steplen], []).append(row)
        self.by_translation.setdefault(row.translation_key, {})[row.language] = row
        if not row.address:
            self.homes[row.language] = row

    def translations(self, row: PageRow) -> dict[str, PageRow]:
        return self.by_translation[row.translation_key]

    def in_language(self, page_id: int | None, language: str) -> PageRow | None:
        """A page in a language, or itself where it has no translation; None when it is not live."""
        row = self.by_id.get(page_id or 0)
        return self.translations(row).get(language, row) if row else None

    def ancestors(self, row: PageRow) -> list[PageRow]:
        """The live pages above, from the home page down."""
        home = self.homes[row.language]
        lengths = range(len(home.path), len(row.path), Page.steplen)
        return [found for length in lengths if (found := self.by_path.get(row.path[:length]))]

    def children(self, row: PageRow) -> list[PageRow]:
        return self.by_parent.get(row.path, [])

    def public(self) -> list[PageRow]:
        return [row for row in self.by_id.values() if not row.is_restricted]


FIELDS = (
    "pk",
    "path",
    "url_path",
    "title",
    "translation_key",
    "locale__language_code",
    "content_type_id",
    "show_in_menus",
    "last_published_at",
    "live",
    "alias_of__path",
    "has_restriction",
)


@per_content
def page_tree() -> PageTree:
    """The tree as it stands (two queries when it has to be read). Not from Wagtail's cache, which lags behind in other processes."""
    site = Site.objects.select_related("root_page").order_by("-is_default_site", "pk").first()
    if site is None:
        return PageTree()
    restrictions = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    everything = list(Page.objects.order_by("path").annotate(has_restriction=Exists(restrictions)).values(*FIELDS))
    restricted = _restricted_paths(everything)
    pages = [page for page in everything if page["live"]]
    homes = [page for page in pages if page["translation_key"] == site.root_page.translation_key]
    tree = PageTree(
        site=site, root_paths=[SiteRootPath(site.pk, home["url_path"], site.root_url, home["locale__language_code"]) for home in homes]
    )
    for home in homes:
        language = home["locale__language_code"]
        with translation.override(language):
            prefix = reverse("wagtail_serve", args=("",))
        for page in pages:
            if page["path"].startswith(home["path"]):
                tree.add(
                    _row(
                        page,
                        language=language,
                        address=page["url_path"].removeprefix(home["url_path"]),
                        prefix=prefix,
                        restricted=restricted,
                    )
                )
    return tree


def _row(page: dict[str, Any], *, language: str, address: str, prefix: str, restricted: tuple[str, ...]) -> PageRow:
    return PageRow(
        pk=page["pk"],
        path=page["path"],
        address=address,
        url=prefix + address,
        title=page["title"],
        language=language,
        translation_key=page["translation_key"],
        content_type_id=page["content_type_id"],
        in_menus=page["show_in_menus"],
        is_restricted=page["path"].startswith(restricted),
        changed_at=page["last_published_at"],
    )


def _restricted_paths(pages: list[dict[str, Any]]) -> tuple[str, ...]:
    """Tree paths at and below which pages may be restricted, with those of aliases of such pages. Rather one too many."""
    restricted = {page["path"] for page in pages if page["has_restriction"]}
    aliases = [(page["path"], page["alias_of__path"]) for page in pages if page["alias_of__path"]]
    found = -1
    while restricted and found != len(restricted):
        found = len(restricted)
        restricted |= {alias for alias, source in aliases if source.startswith(tuple(restricted))}
    return tuple(restricted)


def row_of_request(request: HttpRequest) -> PageRow | None:
    """The page a request was routed to, if any."""
    result = getattr(request, "_wagtail_route_for_request", None)
    return page_tree().by_id.get(result.page.pk) if result else None

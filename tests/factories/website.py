"""Public pages, as few as a test needs."""

from __future__ import annotations

import io
import json
from datetime import date
from itertools import count
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Locale, Page, Site

from alliance.enums import Phase
from cases.enums import SupportKind
from website.demo.translation import translate
from website.models import (
    ArticleIndexPage,
    ArticlePage,
    ContactRole,
    HomePage,
    LeaderDirectoryPage,
    SiteDocument,
    SiteImage,
    SitePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)

P = TypeVar("P", bound=SitePage)
_numbers = count(1)


def make_home(**values: Any) -> HomePage:
    """A live home page as the root of the site."""
    home = HomePage(
        **{"title": "Home", "slug": f"home-{next(_numbers)}", "heading": "Experienced leaders", "introduction": "Our mission.", **values}
    )
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    return home


def make_welsh(page: P, **words: str) -> P:
    """The Welsh translation of a page or snippet; `words` maps its fields to Welsh."""
    Locale.objects.get_or_create(language_code="cy")
    translated = translate(page, {getattr(page, name): text for name, text in words.items()})
    assert isinstance(translated, type(page))
    return translated


def add_page(parent: Page, page: P) -> P:
    parent.add_child(instance=page)
    return page


def make_standard(parent: Page, **values: Any) -> StandardPage:
    number = next(_numbers)
    return add_page(
        parent, StandardPage(**{"title": f"Page {number}", "slug": f"page-{number}", "introduction": "What it is about.", **values})
    )


def make_story_index(parent: Page, **values: Any) -> StoryIndexPage:
    return add_page(parent, StoryIndexPage(**{"title": "Stories", "slug": "stories", **values}))


def make_story(index: Page, **values: Any) -> StoryPage:
    number = next(_numbers)
    given = {
        "title": f"Story {number}",
        "slug": f"story-{number}",
        "introduction": "How it went.",
        "date": date(2026, 7, 1),
        "phase": Phase.PRIMARY,
        "kind": SupportKind.DEPLOYMENT,
        "context": "<p>Where we stood.</p>",
        **values,
    }
    return add_page(index, StoryPage(**given))


def make_article_index(parent: Page, **values: Any) -> ArticleIndexPage:
    return add_page(parent, ArticleIndexPage(**{"title": "Articles", "slug": "articles", **values}))


def make_article(index: Page, **values: Any) -> ArticlePage:
    number = next(_numbers)
    return add_page(index, ArticlePage(**{"title": f"Article {number}", "slug": f"article-{number}", "date": date(2026, 7, 1), **values}))


def make_directory(parent: Page, **values: Any) -> LeaderDirectoryPage:
    return add_page(parent, LeaderDirectoryPage(**{"title": "System leaders", "slug": "leaders", **values}))


def make_contact(**values: Any) -> ContactRole:
    given = {
        "key": f"role-{next(_numbers)}",
        "title": "Support lead",
        "person_name": "Ada Invented",
        "telephone": "01632 960 001",
        **values,
    }
    return ContactRole.objects.create(locale=Locale.get_default(), **given)


def make_image(**values: Any) -> SiteImage:
    file = io.BytesIO()
    Image.new("RGB", (32, 24), "#0b5a4e").save(file, "PNG")
    number = next(_numbers)
    return SiteImage.objects.create(**{"title": f"Picture {number}", "file": ImageFile(file, name=f"picture-{number}.png"), **values})


def make_document(**values: Any) -> SiteDocument:
    number = next(_numbers)
    return SiteDocument.objects.create(
        **{"title": f"Document {number}", "file": ContentFile(b"text", name=f"document-{number}.txt"), **values}
    )


def body_of_every_block(times: int, *, link: Page, contact: ContactRole, image: SiteImage, document: SiteDocument) -> str:
    """A body with every kind of block, each so many times, all of them linking to something."""
    linked = f'<p>Read <a linktype="page" id="{link.pk}">this page</a> and <a linktype="document" id="{document.pk}">this document</a>.</p>'
    blocks = [
        ("heading", {"text": "A heading", "level": "h2"}),
        ("paragraph", linked),
        ("picture", {"image": {"image": image.pk, "alt_text": "A green field", "decorative": False}, "caption": "A field"}),
        ("quote", {"text": "It helped.", "by": "A head"}),
        ("steps", {"steps": [{"title": "First", "text": linked}, {"title": "Then", "text": ""}]}),
        ("callout", {"title": "Note", "text": linked, "tone": "note"}),
        ("contact", {"contact": contact.key, "heading": "Ask us"}),
        ("documents", {"documents": [document.pk]}),
        ("button", {"page": link.pk, "url": "", "text": "Go there", "style": "main"}),
        ("facts", {"caption": "Facts", "facts": [{"name": "Days", "value": "10"}], "note": ""}),
    ]
    return json.dumps([{"type": kind, "value": value} for _number in range(times) for kind, value in blocks])

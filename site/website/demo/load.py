"""Load the demo's pages: settings, contacts, the tree, then its Welsh half."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from common.demo import World
from website.demo import articles, kinds, pages, pictures, readiness, stories
from website.demo.comments import load_comments
from website.demo.text import T, block, english, month_before, stream, welsh_words
from website.demo.translation import translate
from website.models import (
    ArticleIndexPage,
    ArticlePage,
    ContactPage,
    ContactRole,
    HomePage,
    LeaderDirectoryPage,
    ReadinessPage,
    ReadinessTheme,
    SitePage,
    SiteSettings,
    SiteWording,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)

WELSH = "cy"
RICH_FIELDS = ("context", "what_we_did", "outcomes", "went_well", "challenges", "lessons", "advice")


def load_demo(world: World) -> None:
    """
    Put the demo's pages into `world.pages`: home, contact, accessibility, privacy, kinds of support, governors, leaders, readiness,
    stories, articles.

    Where the home page is there already, nothing is made: the pages are found again.
    """
    Locale.objects.get_or_create(language_code=WELSH)
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path").first()
    if home is None:
        home = _load_home()
        _load_contacts()
        _load_standard_pages(home)
        _load_stories(world, home)
        _load_articles(world, home)
        _load_readiness(home)
        _link_what_to_read_first(home)
        _load_settings(home)
        load_comments(world)
    below = {page.slug: page for page in home.get_children().specific()}
    names = {
        "contact": "contact",
        "accessibility": "accessibility",
        "privacy": "privacy",
        "kinds": "kinds-of-support",
        "governors": "brief-for-governors",
        "leaders": "system-leaders",
        "readiness": "are-we-ready",
        "stories": "stories",
        "articles": "working-school-to-school",
    }
    world.pages |= {"home": home, **{name: below[slug] for name, slug in names.items()}}


def add_way_in(world: World, *, page: Page, icon: str, title: T, text: T, action: T) -> None:
    """Add one of the ways in to the home page, leading to a plugin's page; twice for one page changes nothing."""
    home = HomePage.objects.get(pk=world.pages["home"].pk)
    ways = [way for way in home.ways_in.raw_data if way["value"]["page"] != page.pk]
    words = {"title": title, "text": text, "action": action}
    ways.append(block("way", {**words, "icon": icon, "page": page.pk, "url": ""}, f"way {page.slug}"))
    home.ways_in = json.dumps(list(ways))
    home.save_revision().publish()
    translate(home, welsh_words([pages.HOME, pages.BEFORE_YOU_ASK, pages.READ_FIRST, words]))
    world.pages["home"] = home


def _publish(parent: Page, page: SitePage, words: Any) -> None:
    """Add a page and its Welsh translation, both live."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    translate(page, welsh_words(words))


def _load_home() -> HomePage:
    """Take the place of the page that Wagtail's first migration makes."""
    root = Page.get_first_root_node()
    first = Site.objects.get(is_default_site=True)
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(pk=root.pk)
    home = HomePage(
        slug="home",
        picture=pictures.load_picture(pictures.valley, "Two schools on the hills of a valley under a large sun"),
        **_fields(pages.HOME, "home"),
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    host, _, port = settings.SITE_URL.split("//")[1].partition(":")
    Site.objects.filter(pk=first.pk).delete()
    Site.objects.create(
        hostname=host,
        port=int(port or (443 if settings.SITE_URL.startswith("https") else 80)),
        site_name=english(pages.SETTINGS["name"]),
        root_page=home,
        is_default_site=True,
    )
    translate(home, welsh_words(pages.HOME))
    return home


def _fields(words: dict[str, Any], key: str) -> dict[str, Any]:
    """A page's fields in English; `body` becomes blocks."""
    fields = english({name: value for name, value in words.items() if name != "body"})
    return {**fields, "body": json.dumps(stream(key, words["body"]))} if "body" in words else fields


def _load_contacts() -> None:
    for order, words in enumerate(pages.CONTACTS):
        contact = ContactRole.objects.create(order=order, locale=Locale.get_default(), **english(words))
        translate(contact, welsh_words(words))


def _load_standard_pages(home: HomePage) -> None:
    _publish(home, StandardPage(picture=pictures.load_picture(pictures.circles, ""), **_fields(kinds.KINDS, "kinds")), kinds.KINDS)
    governors = StandardPage(picture=pictures.load_picture(pictures.circles, ""), **_fields(pages.GOVERNORS, "governors"))
    _publish(home, governors, pages.GOVERNORS)
    _publish(home, LeaderDirectoryPage(show_in_menus=True, **english(pages.LEADERS)), pages.LEADERS)
    _publish(home, ContactPage(**_fields(pages.CONTACT, "contact")), pages.CONTACT)
    _publish(home, StandardPage(**_fields(pages.ACCESSIBILITY, "accessibility")), pages.ACCESSIBILITY)
    _publish(home, StandardPage(**_fields(pages.PRIVACY, "privacy")), pages.PRIVACY)


def _load_stories(world: World, home: HomePage) -> None:
    index = StoryIndexPage(**english(stories.INDEX), show_in_menus=True)
    _publish(home, index, stories.INDEX)
    for words in stories.STORIES:
        key = words["slug"].en
        story = StoryPage(
            date=month_before(world.today, words["months_ago"]),
            phase=words["phase"],
            kind=words["kind"],
            is_featured=True,
            picture=pictures.load_picture(words["scene"], ""),
            **english({name: words[name] for name in ("title", "slug", "theme", "introduction")}),
            **{name: words[name].html() for name in RICH_FIELDS},
            involved=json.dumps(stream(key, [("party", party) for party in words["involved"]])),
            measures=json.dumps(stream(key, [("measure", measure) for measure in words["measures"]])),
            quote=json.dumps(stream(key, [("quote", words["quote"])] if words["quote"] else [])),
        )
        _publish(index, story, words)


def _load_articles(world: World, home: HomePage) -> None:
    index = ArticleIndexPage(**english(articles.INDEX), show_in_menus=True)
    _publish(home, index, articles.INDEX)
    for words in articles.ARTICLES:
        article = ArticlePage(
            date=month_before(world.today, words["months_ago"]),
            author=words["author"],
            picture=pictures.load_picture(words["scene"], ""),
            **_fields({name: words[name] for name in ("title", "slug", "introduction", "body")}, words["slug"].en),
        )
        _publish(index, article, words)


def _load_readiness(home: HomePage) -> None:
    _publish(home, ReadinessPage(**_fields(readiness.PAGE, "readiness")), readiness.PAGE)
    for theme in ReadinessTheme.objects.filter(locale=Locale.get_default(), key__in=readiness.THEMES):
        translate(theme, {getattr(theme, name): welsh for name, welsh in readiness.THEMES[theme.key].items()})


def _link_what_to_read_first(home: HomePage) -> None:
    """At the end of the home page, the pages that are in no menu."""
    home.refresh_from_db()
    below = {page.slug: page for page in home.get_children()}
    links = [("button", {"page": below[slug].pk, "url": "", "text": text, "style": "quiet"}) for slug, text in pages.READ_FIRST.items()]
    home.body = json.dumps([*home.body.raw_data, *stream("first", [("heading", {"text": pages.BEFORE_YOU_ASK, "level": "h2"}), *links])])
    home.save_revision().publish()
    translate(home, welsh_words([pages.HOME, pages.BEFORE_YOU_ASK, pages.READ_FIRST]))


def _load_settings(home: HomePage) -> None:
    below = {page.slug: page for page in home.get_children()}
    SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        **english(pages.SETTINGS),
        accessibility_page=below["accessibility"],
        privacy_page=below["privacy"],
        contact_page=below["contact"],
        governors_page=below["brief-for-governors"],
    )
    welsh = {name: text.cy for name, text in pages.SETTINGS.items()}
    SiteWording.objects.create(locale=Locale.objects.get(language_code=WELSH), **welsh)

"""Every public page type in a real browser: readable by anybody, on a phone too, with and without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from alliance.models import LeaderDesignation
from alliance.roles import Role
from common.demo import World
from tests.browser import DESKTOP, NARROWEST, PHONE, NewPage, complaints, overflows, violations
from tests.databases import make_once
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import PASSWORD, make_user
from website.actions.show_comment import show_comment
from website.actions.write_comment import write_comment
from website.demo import load_demo
from website.freshness import forget
from website.models import ArticlePage

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
ADDRESSES = [
    "/",
    "/cy/",
    "/cy/?from=no-translation",
    "/stories/",
    "/stories/?kind=PEER",
    "/stories/every-child-a-reader/",
    "/working-school-to-school/",
    "/working-school-to-school/how-we-match/",
    "/contact/",
    "/accessibility/",
    "/brief-for-governors/",
    "/kinds-of-support/",
    "/are-we-ready/",
    "/are-we-ready/answer/",
    "/cy/ydym-nin-barod/",
    "/system-leaders/",
    "/system-leaders/?phase=PRIMARY&designation=SLE",
    "/system-leaders/?phase=SECONDARY",
    "/system-leaders/ada-leader-4711/",
    "/search/?q=reading",
    "/search/?q=ada",
    "/search/?q=nothing-at-all",
    "/nowhere/",
]
# A card's link covers the card.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, select')]
    .filter(e => e.offsetParent && !e.closest('p, .prose, .skip, .card__link') && (e.closest('.choice') ?? e).getBoundingClientRect().height < 44)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def site(transactional_db, live_server, settings) -> str:
    """The demo's pages, served."""
    forget()
    cache.clear()
    settings.SITE_URL = live_server.url
    make_once("website_demo", load_pages)
    return live_server.url


def load_pages() -> None:
    """The demo's pages, a leader who is listed, and comments on an article: one shown, one that waits."""
    load_demo(World(today=NOW.date(), now=NOW))
    user = make_user(first_name="Ada", last_name="Leader")
    leader = SystemLeaderFactory(pk=4711, user=user, consents_to_listing_at=NOW, phases=["PRIMARY"], summary="Works on reading.")
    LeaderDesignation.objects.create(leader=leader, designation="SLE", starts_on=NOW.date())
    article = ArticlePage.objects.get(slug="how-we-match")
    show_comment(comment=write_comment(article=article, text="I agree.", by=user, at=NOW), by=make_user(Role.EDITOR), at=NOW)
    reader = make_user(email="reader@example.org", first_name="Perpetua", last_name="Wildgoose")
    write_comment(article=article, text="Me too.", by=reader, at=NOW)


def test_pages_can_be_read_by_anybody(site: str, new_page: NewPage) -> None:
    """One test, since the demo's pages take seconds to load: axe, and nothing wider than the window."""
    found = {}
    for width in (DESKTOP, PHONE, NARROWEST):
        page = new_page(width=width)
        for address in ADDRESSES:
            page.goto(site + address)
            if width != DESKTOP:
                page.get_by_text("Menu", exact=True).or_(page.get_by_text("Dewislen", exact=True)).click()
            found[width, address] = (
                violations(page) if width != PHONE else [],
                overflows(page),
                page.evaluate(SMALL_TARGETS) if width != DESKTOP else [],
            )

    assert found == dict.fromkeys(found, ([], False, []))


def test_visitor_finds_a_story_and_its_welsh_version_without_scripts(site: str, new_page: NewPage) -> None:
    page = new_page(width=PHONE, javascript=False)
    page.goto(site)
    expect(page.get_by_role("link", name="Stories")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Stories").click()
    page.get_by_label("Kind of support").select_option("Peer to peer: joint practice development (1)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 story")).to_be_visible()
    page.get_by_role("link", name="Back through the gate").click()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Cymraeg").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Yn ôl drwy'r giât: presenoldeb ar ôl gaeaf caled")
    expect(page).to_have_url(f"{site}/cy/straeon/yn-ol-drwyr-giat/")


def test_reader_signs_in_comments_and_deletes_it_without_scripts(site: str, new_page: NewPage) -> None:
    page = new_page(width=PHONE, javascript=False)
    page.goto(f"{site}/working-school-to-school/how-we-match/")
    page.locator("#comments").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site}/working-school-to-school/how-we-match/#comments")
    page.get_by_label("Your comment").fill("We were matched well.")
    page.wait_for_timeout(2500)  # nobody fills it in faster
    page.get_by_role("button", name="Send your comment").click()
    expect(page.get_by_text("Thank you. We read your comment")).to_be_visible()
    mine = page.locator("#comments li", has_text="We were matched well.")
    expect(mine).to_contain_text("Waits for us to read it")
    mine.get_by_role("link", name="Delete your comment").click()
    page.get_by_role("button", name="Delete it").click()

    expect(page.get_by_text("Your comment was deleted.")).to_be_visible()
    expect(page.get_by_text("We were matched well.")).to_have_count(0)


def test_comments_can_be_read_and_written_by_anybody(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/account/login/?next=/working-school-to-school/how-we-match/")
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Waits for us to read it")).to_be_visible()
    found = {"form": complaints(page)}
    page.get_by_role("button", name="Send your comment").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    found["errors"] = complaints(page)
    page.goto(f"{site}/working-school-to-school/how-we-match/")
    page.get_by_role("link", name="Delete your comment").first.click()
    found["delete"] = complaints(page)

    assert found == {"form": [], "errors": [], "delete": []}


def test_keyboard_reaches_the_content_first(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()

"""A real browser for tests, and what axe has to say of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
DESKTOP, PHONE, NARROWEST = 1280, 390, 320
expect.set_options(timeout=30_000)  # as long as actions wait: a busy machine is no failure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, where there is one; a run that requires it (`REQUIRE_BROWSER`) fails without."""
    chromium = shutil.which("chromium")
    if chromium is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(
            "There is no chromium on this machine: browser tests are skipped."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization"]
        )
        yield browser
        browser.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """A page in a browser profile of its own: `new_page(width=390, javascript=False)`. Errors in scripts fail the test."""
    contexts = []
    errors: list[str] = []

    def make(*, width: int = DESKTOP, javascript: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


def violations(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe finds against WCAG 2.2 A and AA, once the page is all there: rule and the elements it is about."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", {**WCAG, "resultTypes": ["violations"]})["violations"]
    return [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found]


def overflows(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def complaints(page: Page) -> list[object]:
    """What axe finds, wide and narrow, and whether the page is wider than its window."""
    found: list[object] = []
    for width in (DESKTOP, NARROWEST):
        page.set_viewport_size({"width": width, "height": 900})
        found += [*violations(page), *(["too wide"] if overflows(page) else [])]
    return found


def at_browser_of(client: Client, page: Page, site: str) -> Page:
    """The browser goes on in the client's session."""
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": site} for name, morsel in client.cookies.items()])
    return page

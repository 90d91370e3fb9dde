"""Pictures of support projects: what is whose turn, and the tabs of one that is under way."""

from __future__ import annotations

from playwright.sync_api import Browser

from docs.screenshots.taking import TALL, WIDTHS, new_page, sign_in, take

TURNS = {
    "readiness-answer": ("leader", "Answer the readiness questions"),
    "agreement": ("supportinghead", "Read the agreement and sign it"),
    "group": ("group", "Give your view on the request"),
    "evaluation": ("reviewer", "Read the evaluation and decide on it"),
    "invoices": ("finance", "Draft the invoices for approved time"),
}
"""Picture: whose turn it shows, and what the turn says."""
UNDER_WAY = "Reading in lower Key Stage 2"
TABS_OF_WORK = {"lead": ["project", "team", "readiness"], "leader2": ["visits"]}
"""Parts of the demo's project that is under way, as these people see them."""


def look_at_projects(browser: Browser, width: int, site: str, suffix: str) -> None:
    for name, (person, turn) in TURNS.items():
        page = new_page(browser, width)
        sign_in(page, site, f"{person}@example.org")
        page.goto(f"{site}/portal/")
        page.get_by_role("link", name=turn).first.click()
        page.set_viewport_size({"width": width, "height": TALL})
        take(page, f"{name}{suffix}", whole=False)
    for person, tabs in TABS_OF_WORK.items():
        page = new_page(browser, width)
        sign_in(page, site, f"{person}@example.org")
        page.goto(f"{site}/portal/cases/")
        page.locator("tr", has_text=UNDER_WAY).get_by_role("link").click()
        case = page.url
        for tab in tabs:
            page.goto(f"{case}{tab}/")
            take(page, f"{tab}{suffix}")


def take_projects(browser: Browser, site: str) -> None:
    for suffix, width in WIDTHS.items():
        look_at_projects(browser, width, site, suffix)

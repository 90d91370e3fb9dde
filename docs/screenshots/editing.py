"""Pictures of what editors meet in the admin, and of a request taken by telephone."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from docs.screenshots.taking import WIDTHS, new_page, sign_in, take_wide_and_narrow

PAGES = {"process-editor": "Support for your school", "form-editor": "Request support"}
"""Picture: the page that is edited, by its title."""
LISTS = {"shared-steps": "/admin/snippets/s2s_forms/processstep/", "reviews-due": "/admin/reports/protocols/"}


def edit(page: Page, site: str, title: str) -> None:
    """Open the editor of a page as one finds it: by its title."""
    page.goto(f"{site}/admin/pages/search/?q={title}")
    page.get_by_role("link", name=title, exact=True).first.click()


def take_editing(browser: Browser, site: str) -> None:
    page = new_page(browser, WIDTHS[""])
    sign_in(page, site, "editor@example.org")
    for name, title in PAGES.items():
        edit(page, site, title)
        take_wide_and_narrow(page, name)
    for name, path in LISTS.items():
        page.goto(site + path)
        take_wide_and_narrow(page, name)
    page = new_page(browser, WIDTHS[""])
    sign_in(page, site, "lead@example.org")
    page.goto(f"{site}/portal/")
    page.get_by_role("link", name="Take a request by telephone").click()
    take_wide_and_narrow(page, "telephone")

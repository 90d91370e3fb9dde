"""Pictures of the public site, of a request from its start to the follow page, and of the portal's lists."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page

from docs.screenshots.taking import WIDTHS, new_page, sign_in, take

PUBLIC = {
    "home": "/",
    "process": "/support-for-your-school/",
    "request-start": "/support-for-your-school/request-support/",
    "health-checks": "/health-check-days/",
    "ready": "/are-we-ready/",
    "stories": "/stories/",
    "article": "/working-school-to-school/the-first-meeting/",
    "leaders": "/system-leaders/",
    "kinds": "/kinds-of-support/",
    "contact": "/contact/",
    "sign-in": "/account/login/",
}
PORTAL = {"portal-home": "/portal/", "work-list": "/portal/cases/", "people": "/portal/people/", "profile": "/account/profile/"}
ADMIN = {
    "comments-waiting": "/admin/snippets/website/articlecomment/waiting/",
    "admin-home": "/admin/",
    "admin-schools": "/admin/snippets/alliance/school/",
    "admin-cases": "/admin/snippets/cases/case/",
}


def walk_the_request(page: Page, site: str, suffix: str) -> None:
    """From the start page to the follow page, with one mistake on the way."""
    page.goto(f"{site}/support-for-your-school/request-support/")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("School", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Find the school").fill("otterbeck")
    page.get_by_role("button", name="Find").click()
    take(page, f"request-school{suffix}")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Deployment of a system leader").check()
    page.get_by_label("This term").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("In a few words").fill("Reading in Years 3 and 4")
    page.get_by_role("button", name="Continue").click()
    take(page, f"request-step-errors{suffix}")
    page.get_by_label("What would you like to improve?").fill("Our reading results fell last summer, and two of four teachers are new.")
    page.get_by_label("What would be different if it worked?").fill("More children at the expected standard by July.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name").fill("Sam Sample")
    page.get_by_label("E-mail address").fill("sam.sample@example.org")
    page.get_by_label("Telephone").fill("01632 960 001")
    page.get_by_role("button", name="Continue").click()
    take(page, f"request-check{suffix}")
    page.get_by_role("button", name="Send the request").click()
    take(page, f"request-sent{suffix}")
    page.get_by_role("button", name="Follow your request").click()
    take(page, f"follow{suffix}")


def walk_the_portal(page: Page, site: str, suffix: str) -> None:
    sign_in(page, site, "lead@example.org")
    for name, path in {**PORTAL, **ADMIN}.items():
        page.goto(site + path)
        take(page, f"{name}{suffix}")
    page.goto(f"{site}/portal/cases/")
    page.get_by_role("link", name=re.compile("St Hild")).first.click()
    take(page, f"case{suffix}")
    case = page.url
    page.goto(f"{case}messages/")
    take(page, f"messages{suffix}")
    page.goto(f"{site}/portal/")
    page.get_by_role("link", name="Take the request into triage").first.click()
    take(page, f"triage{suffix}")


def take_public(browser: Browser, site: str) -> None:
    for suffix, width in WIDTHS.items():
        visitor = new_page(browser, width)
        for name, path in PUBLIC.items():
            visitor.goto(site + path)
            take(visitor, f"{name}{suffix}")
        walk_the_request(visitor, site, suffix)


def take_portal(browser: Browser, site: str) -> None:
    for suffix, width in WIDTHS.items():
        walk_the_portal(new_page(browser, width), site, suffix)

"""Pictures of health check days: booking them, and what comes after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page

from docs.screenshots.taking import WIDTHS, new_page, sign_in, take_wide_and_narrow

DAYS = {
    "days": ("head", "Reading in key stage 2"),
    "day-signed-off": ("head", "Early reading"),
    "days-quoted": ("otherhead", "Attendance"),
    "days-cancelled": ("otherhead", "Curriculum in geography"),
    "days-of-leader": ("leader", "Reading in key stage 2"),
}
"""Picture: who looks at the days of which booking of the demo; of one that is called “day” at its first day."""
STEPS_ON_DAYS = {
    "quote-accept": ("otherhead", "Attendance", "Accept the quote"),
    "day-sign-off": ("head", "Talk in the early years", "Sign the record"),
    "brief-agree": ("head", "Reading in key stage 2", "Agree to the brief"),
}
"""Picture: who takes which step that stands on the list of days."""
STEPS_ON_A_DAY = {
    "brief-write": ("leader", "Reading in key stage 2", "Write the brief"),
    "day-move": ("head", "Reading in key stage 2", "Move this day"),
    "day-cancel": ("head", "Reading in key stage 2", "Cancel this day"),
    "record": ("leader3", "Mathematics in year 3", "Write the record"),
    "leader-substitute": ("lead", "Reading in key stage 2", "Send another leader"),
    "leader-cannot-come": ("leader", "Reading in key stage 2", "I cannot come"),
}
"""Picture: who takes which step that stands on the page of the booking's first day."""
DAYS_OF_STAFF = {"health-check-numbers": "/portal/health-checks/report/", "admin-days": "/admin/snippets/health_checks/day/"}


def open_days(browser: Browser, site: str, person: str, area: str) -> Page:
    """The days of a booking as somebody sees them."""
    page = new_page(browser, WIDTHS[""])
    sign_in(page, site, f"{person}@example.org")
    page.goto(f"{site}/portal/cases/")
    page.locator("tr", has_text=area).get_by_role("link").click()
    page.get_by_role("link", name="Days", exact=True).click()
    return page


def look_at_days(browser: Browser, site: str) -> None:
    for name, (person, area) in DAYS.items():
        page = open_days(browser, site, person, area)
        if name.startswith("day-"):
            page.locator(".tasks__link").first.click()
        take_wide_and_narrow(page, name)
    for name, (person, area, step) in (STEPS_ON_DAYS | STEPS_ON_A_DAY).items():
        page = open_days(browser, site, person, area)
        if name in STEPS_ON_A_DAY:
            page.locator(".tasks__link").first.click()
        page.get_by_role("link", name=step).first.click()
        take_wide_and_narrow(page, name)
    page = open_days(browser, site, "lead", "Mathematics in year 6")
    page.get_by_role("link", name="Find leaders").click()
    page.get_by_role("button", name="Find leaders").click()
    page.get_by_role("link", name="Put a leader on this day").first.click()
    take_wide_and_narrow(page, "matching")
    for name, path in DAYS_OF_STAFF.items():
        page.goto(site + path)
        take_wide_and_narrow(page, name)
    page = new_page(browser, WIDTHS[""])
    sign_in(page, site, "leader@example.org")
    take_wide_and_narrow(page, "leader-home")
    page.goto(f"{site}/account/calendar/")
    take_wide_and_narrow(page, "calendar")
    page.goto(f"{site}/account/interests/?q=otterbeck")
    take_wide_and_narrow(page, "interests")


def walk_the_booking(page: Page, site: str) -> None:
    """From the start page to check answers; of the dates some fall into the holidays."""
    sign_in(page, site, "head@example.org")
    page.goto(f"{site}/portal/health-checks/book/")
    take_wide_and_narrow(page, "book-start")
    page.get_by_role("button", name="Book for this school").first.click()
    page.get_by_label("Which area do you want to improve?").fill("Writing in years 1 and 2")
    page.locator("main summary").first.click()
    page.get_by_label("Your own judgement").first.fill("Children write a lot. Spelling and handwriting differ much from class to class.")
    page.get_by_label("What you need").first.fill("A view of what is taught, and where to begin.")
    take_wide_and_narrow(page, "book-focus")
    page.get_by_role("button", name="Save and continue").click()
    for label in ("Teaching and learning review", "Full day", "Advise us"):
        page.get_by_label(label).check()
    page.get_by_label("How many days?").fill("6")
    take_wide_and_narrow(page, "book-days")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Every week", exact=True).check()
    take_wide_and_narrow(page, "book-repeat")
    page.get_by_role("button", name="Save and continue").click()
    first = datetime.now(tz=UTC).date() + timedelta(days=14)
    first -= timedelta(days=first.weekday())  # a Monday
    for label, part in (("Day", first.day), ("Month", first.month), ("Year", first.year)):
        page.get_by_label(label, exact=True).first.fill(str(part))
    page.get_by_role("button", name="See whether they are free").click()
    take_wide_and_narrow(page, "book-dates")
    for clash in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        clash.get_by_role("radio").first.check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save and continue").click()
    take_wide_and_narrow(page, "book-check")


def take_days(browser: Browser, site: str) -> None:
    walk_the_booking(new_page(browser, WIDTHS[""]), site)
    look_at_days(browser, site)

"""
Take the pictures of the guides: load a fresh demo, serve it, walk through it. Run by `make screenshots`.

`python -m docs.screenshots days` takes those of health check days alone.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "wharfe-valley-demo"  # noqa: S105 - the demo's, printed for everybody
WIDTHS = {"": 1280, "-phone": 390}
TALL = 1600
PUBLIC = {
    "home": "/",
    "process": "/support-for-your-school/",
    "request-start": "/support-for-your-school/request-support/",
    "health-checks": "/health-check-days/",
    "ready": "/are-we-ready/",
    "stories": "/stories/",
    "article": "/working-school-to-school/the-first-meeting/",
    "leaders": "/system-leaders/",
    "contact": "/contact/",
    "sign-in": "/account/login/",
}
PORTAL = {"portal-home": "/portal/", "work-list": "/portal/cases/", "people": "/portal/people/", "profile": "/account/profile/"}
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
LONG = ("record", "brief-write", "book-dates")
"""Pictures that end where a tall window ends."""
DAYS_OF_STAFF = {"health-check-numbers": "/portal/health-checks/report/", "admin-days": "/admin/snippets/health_checks/day/"}
ADMIN = {
    "comments-waiting": "/admin/snippets/website/articlecomment/waiting/",
    "admin-home": "/admin/",
    "admin-schools": "/admin/snippets/alliance/school/",
    "admin-cases": "/admin/snippets/cases/case/",
}


@contextmanager
def served_demo() -> Iterator[str]:
    """A fresh demo on a free port, without its job loop; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="s2s-screenshots-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "S2S_IGNORE_DOTENV": "1", "SITE_URL": site, "REQUEST_SOONEST_SECONDS": "0"}
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in ("migrate", "load_demo"):
            subprocess.run([*manage, command, "-v0"], env=environment, check=True)  # noqa: S603 - our own commands
        server = subprocess.Popen([*manage, "runserver", "--noreload", f"127.0.0.1:{port}"], env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            wait_for(f"{site}/health/")
            yield site
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(url: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not start.")


def take(page: Page, name: str, *, whole: bool = True) -> None:
    """The whole page, or as much of it as a tall window shows."""
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


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


def new_page(browser: Browser, width: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}).new_page()


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


def take_wide_and_narrow(page: Page, name: str) -> None:
    is_long = name in LONG
    for suffix, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": TALL if is_long else 900})
        take(page, f"{name}{suffix}", whole=not is_long)
    page.set_viewport_size({"width": WIDTHS[""], "height": 900})


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


def take_all(browser: Browser, site: str) -> None:
    for suffix, width in WIDTHS.items():
        visitor = new_page(browser, width)
        for name, path in PUBLIC.items():
            visitor.goto(site + path)
            take(visitor, f"{name}{suffix}")
        walk_the_request(visitor, site, suffix)
        look_at_projects(browser, width, site, suffix)
        walk_the_portal(new_page(browser, width), site, suffix)
    take_days(browser, site)


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("Screenshots need a chromium on the path.")
    IMAGES.mkdir(exist_ok=True)
    with served_demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        (take_days if "days" in sys.argv[1:] else take_all)(browser, site)
        browser.close()


if __name__ == "__main__":
    main()

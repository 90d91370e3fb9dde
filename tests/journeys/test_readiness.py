"""The readiness conversation in a browser: a visitor with paper and no scripts, then both sides of a project."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from s2s_workflow.enums import Stage
from tests.browser import DESKTOP, NARROWEST, overflows, violations
from tests.factories.people import PASSWORD
from tests.factories.projects import Cast, reach
from tests.factories.website import add_page, make_home
from tests.journeys.test_project_walk import Person
from website.models import ReadinessPage
from website.readiness import Place, questions_now

pytestmark = pytest.mark.browser
WIDTHS = (DESKTOP, NARROWEST)


def look(page: Page) -> None:
    """No violation of WCAG A or AA, and nothing cut off, wide and narrow."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (violations(page), overflows(page)) == ([], False), (width, page.url)


@pytest.mark.parametrize("javascript", [True, False])
def test_visitor_works_through_the_school_s_side_and_prints_it(site: str, new_page: Callable[..., Page], javascript: bool) -> None:
    add_page(make_home(), ReadinessPage(title="Are we ready?", slug="ready"))
    page = new_page(javascript=javascript)
    looks = look if javascript else (lambda page: None)  # axe itself needs scripts
    page.goto(f"{site}/ready/")
    looks(page)
    page.get_by_role("link", name="Work through the questions").click()
    for number in range(7):
        page.get_by_label("Partly").check()
        page.get_by_label("In your own words").fill(f"Words {number}.")
        if number == 0:
            looks(page)
        page.get_by_role("button", name="See all your answers" if number == 6 else "Next theme").first.click()
    looks(page)
    page.get_by_role("button", name=re.compile("Change.*Trust")).click()
    expect(page.get_by_label("In your own words")).to_have_value("Words 1.")
    page.get_by_label("In your own words").fill("Changed.")
    page.get_by_role("button", name="See all your answers").click()
    page.emulate_media(media="print")

    expect(page.get_by_text("Changed.")).to_be_visible()
    expect(page.get_by_text("Words 6.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Change.*Trust"))).to_be_hidden()
    expect(page.get_by_text("Print this page now")).to_be_hidden()


def test_both_sides_answer_and_meet_where_they_differ(site: str, new_page: Callable[..., Page]) -> None:
    make_home()
    cast = Cast()
    reach(cast, Stage.TEAM_AGREED)
    for user in (cast.head, cast.leader.user):
        user.set_password(PASSWORD)
        user.save()
    reference = cast.project.case.reference
    head, leader = (Person(new_page(), site, user.email, checks=False) for user in (cast.head, cast.leader.user))
    keys = [theme["key"] for theme in questions_now().themes]
    for person, side, place in ((head, "school", Place.NOT_YET), (leader, "leader", Place.YES)):
        page = person.go(f"/portal/support/{reference}/do/answer-readiness-{side}/")
        look(page)
        answers = {f"place_{key}": Place.YES if key == "trust" else place for key in keys}
        person.take(reference, "readiness", f"answer-readiness-{side}", **answers, words_time=f"As {side} sees it.")
        look(page)
        page.get_by_role("link", name="Submit your answers").click()
        look(page)
        page.get_by_role("button", name="Submit your answers").click()
        expect(page.get_by_text("Your answers are submitted.")).to_be_visible()
    look(leader.page)

    expect(leader.page.locator("main h3")).to_have_text(
        ["Purpose", "Capacity", "Data and evidence", "Staff and governors", "Time and release", "Sustaining the gains", "Trust"]
    )
    expect(leader.page.get_by_text("As school sees it.")).to_be_visible()
    leader.go(f"/portal/support/{reference}/do/record-meeting/")
    look(leader.page)
    leader.page.get_by_role("link", name="Read both sides’ answers").click()
    expect(leader.page.get_by_role("heading", name="Where both sides stand")).to_be_visible()

"""An officer of a local authority asks for a school: saved, gone on with elsewhere, sent, and taken back on the follow page."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from s2s_forms.models import SupportRequest
from tests.browser import DESKTOP, PHONE
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school
from tests.factories.request_forms import form_step, question, standard_steps
from tests.journeys.test_request_to_answer import find_school, go_on, link_in

pytestmark = pytest.mark.browser
MODES = [
    pytest.param(DESKTOP, True, True, id="desktop-with-scripts"),
    pytest.param(PHONE, True, True, id="phone-with-scripts"),
    pytest.param(DESKTOP, False, True, id="desktop-without-scripts"),
    pytest.param(PHONE, False, False, id="phone-without-scripts-school-not-listed"),
]


def form_with_a_step_for_authorities() -> str:
    who, *others = standard_steps()
    asked = question("short_text", "officer", "Who leads on school improvement?")
    return json.dumps([who, form_step("authority", "Your authority", asked, only_for=("local-authority",)), *others])


def begin_as_an_officer(page: Page, address: str) -> None:
    """Two steps in, then kept for later."""
    page.goto(address)
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("Local authority").check()
    go_on(page)
    page.get_by_role("link", name="Give the name of your organisation").click()
    page.get_by_label("Name of your organisation").fill("Wharfeside Council")
    go_on(page)
    page.get_by_label("Who leads on school improvement?").fill("Ada Adviser")
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_label("Your e-mail address").fill("officer@example.org")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible()


def choose_school(page: Page, *, is_listed: bool) -> None:
    find_school(page, "otterbeck" if is_listed else "hidden valley")
    if is_listed:
        page.get_by_label("Otterbeck Primary School").check()
    else:
        expect(page.get_by_role("status")).to_contain_text("We found no school for “hidden valley”")
        page.get_by_label("The school is not listed").check()
        page.get_by_label("Name of the school, if it is not listed").fill("Hidden Valley School")
    go_on(page)


def finish(page: Page, *, is_listed: bool) -> str:
    """From the school to the reference."""
    choose_school(page, is_listed=is_listed)
    page.get_by_label("I am not sure; please advise").check()
    page.get_by_label("This term").check()
    go_on(page)
    page.get_by_label("In a few words").fill("A new head")
    page.get_by_label("What would you like to improve?").fill("Leadership.")
    page.get_by_label("What would be different if it worked?").fill("A steady start.")
    go_on(page)
    go_on(page)  # nothing tried, nothing to read
    page.get_by_label("Your name").fill("Olu Officer")
    expect(page.get_by_label("E-mail address")).to_have_value("officer@example.org")
    page.get_by_label("Telephone").fill("01632 960 001")
    go_on(page)
    expect(page.get_by_text("Wharfeside Council")).to_be_visible()
    expect(page.get_by_text("Ada Adviser")).to_be_visible()
    page.get_by_role("button", name="Send the request").click()
    return page.locator(".panel__reference").inner_text()


def withdraw(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Withdraw the request").click()
    page.get_by_role("button", name="Withdraw the request").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a reason")
    page.get_by_label("Reason").fill("The trust has found somebody.")
    page.get_by_role("button", name="Withdraw the request").click()
    expect(page.get_by_text("Your request was withdrawn.")).to_be_visible()
    expect(page.get_by_text("This request has ended.")).to_be_visible()
    expect(page.get_by_role("link", name="Withdraw the request")).to_have_count(0)


@pytest.mark.parametrize(("width", "javascript", "is_listed"), MODES)
def test_an_officer_saves_goes_on_elsewhere_sends_and_withdraws(
    site: str, new_page: Callable[..., Page], post: Callable[[str], str], width: int, javascript: bool, is_listed: bool
) -> None:
    make_school(name="Otterbeck Primary School")
    make_request_page(make_process_page(make_home()), form=form_with_a_step_for_authorities())
    at_work, at_home = (new_page(width=width, javascript=javascript) for _ in range(2))

    begin_as_an_officer(at_work, f"{site}/support/request/")
    at_home.goto(link_in(post("officer@example.org")))
    at_home.get_by_role("button", name="Go on").click()
    reference = finish(at_home, is_listed=is_listed)
    withdraw(at_work, link_in(post("officer@example.org")))

    case = Case.objects.get(reference=reference)
    asked = SupportRequest.objects.get(case=case)
    assert case.school_name == ("Otterbeck Primary School" if is_listed else "Hidden Valley School")
    assert ("Who leads on school improvement?", "Ada Adviser") in {(one["question"], one["answer"]) for one in asked.answers}
    assert (case.get_public_status_display(), case.is_open) == ("Withdrawn", False)

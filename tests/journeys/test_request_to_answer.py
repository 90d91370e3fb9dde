"""The main job, end to end: a visitor asks for support, the lead takes it and asks back, the visitor answers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from alliance.roles import Role
from cases.models import Case
from tests.browser import DESKTOP, NARROWEST, PHONE, overflows, violations
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import PASSWORD, make_school, make_user

pytestmark = pytest.mark.browser


def link_in(text: str) -> str:
    return re.search(r"http://\S+", text).group(0)


def check_page(page: Page, *, javascript: bool) -> None:
    """No violation of WCAG A or AA, and nothing cut off; axe itself needs scripts."""
    if javascript:
        assert violations(page) == []
        assert not overflows(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def find_school(page: Page, words: str) -> None:
    """Press Find and wait for the page with the results: suggestions on the page before it are gone with it."""
    page.locator("#school-search").fill(words)
    page.locator("form.search button").click()
    page.wait_for_url(re.compile(r"[?&]q="))


def ask_for_support(page: Page, site: str, *, javascript: bool) -> str:
    """From the process page to the confirmation; returns the reference."""
    page.goto(f"{site}/support/")
    expect(page.get_by_role("heading", name="What happens, step by step")).to_be_visible()
    check_page(page, javascript=javascript)
    page.get_by_role("link", name="Request support").first.click()
    check_page(page, javascript=javascript)
    page.get_by_role("button", name="Start now").click()

    go_on(page)  # forgotten: who is asking
    expect(page.get_by_role("alert")).to_contain_text("Choose who you are asking for")
    expect(page).to_have_title(re.compile("^Error:"))
    check_page(page, javascript=javascript)
    page.get_by_role("link", name="Choose who you are asking for").click()
    page.get_by_label("School", exact=True).check()
    go_on(page)

    find_school(page, "otterbeck")
    page.get_by_label("Otterbeck Primary School").check()
    check_page(page, javascript=javascript)
    go_on(page)

    page.get_by_label("Deployment of a system leader").check()
    page.get_by_label("This term").check()
    check_page(page, javascript=javascript)
    go_on(page)

    page.get_by_label("In a few words").fill("Reading in Year 3")
    page.get_by_label("What would you like to improve?").fill("Reading.")
    page.get_by_label("What would be different if it worked?").fill("More children reading well.")
    go_on(page)
    page.get_by_label("What has been tried so far?").fill("A new scheme.")
    page.get_by_label("Anything we should read?").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}
    )
    go_on(page)
    page.get_by_label("Your name").fill("Sam Requester")
    page.get_by_label("E-mail address").fill("sam@example.org")
    page.get_by_label("Telephone").fill("01632 960 001")
    check_page(page, javascript=javascript)
    go_on(page)

    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("plan.pdf")).to_be_visible()
    check_page(page, javascript=javascript)
    page.get_by_role("link", name="Change In a few words").click()
    page.get_by_label("In a few words").fill("Reading in Years 3 and 4")
    go_on(page)
    page.get_by_role("button", name="Send the request").click()

    expect(page.get_by_role("heading", name="Your request was sent")).to_be_visible()
    check_page(page, javascript=javascript)
    return page.locator(".panel__reference").inner_text()


def triage_and_ask(page: Page, site: str, link: str, reference: str) -> None:
    page.goto(link)  # the link of the lead's mail asks for the sign-in, then leads to the case
    page.get_by_label("E-mail address").fill("lead@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Otterbeck Primary School: Reading in Years 3 and 4")).to_be_visible()

    page.goto(f"{site}/portal/")
    expect(page.get_by_role("main").get_by_text(reference)).to_be_visible()
    page.get_by_role("link", name="Take the request into triage").click()
    page.get_by_label("No, I have no ties to the school").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The request is yours, and in triage.")).to_be_visible()

    page.get_by_role("link", name="Messages").click()
    page.get_by_label("A question to the requester").check()
    page.get_by_label("Message", exact=True).fill("How many classes are there?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("It was sent.")).to_be_visible()


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_request_is_sent_triaged_questioned_and_answered(site, new_page, post, width, javascript):
    make_school(name="Otterbeck Primary School")
    make_user(Role.S2S_LEAD, first_name="Halima", last_name="Okafor", email="lead@example.org")
    process = make_process_page(make_home())
    process.request_page = make_request_page(process)
    process.save_revision().publish()
    visitor, lead = new_page(width=width, javascript=javascript), new_page(width=width, javascript=javascript)

    reference = ask_for_support(visitor, site, javascript=javascript)
    receipt, alert = post("sam@example.org"), post("lead@example.org")
    assert reference in receipt and reference in alert
    assert "Reading" not in receipt + alert  # nothing confidential in an e-mail

    triage_and_ask(lead, site, link_in(alert), reference)

    visitor.goto(link_in(post("sam@example.org")))
    expect(visitor.get_by_text("How many classes are there?").first).to_be_visible()
    check_page(visitor, javascript=javascript)
    visitor.get_by_role("button", name="Send the answer").click()
    expect(visitor.get_by_role("alert")).to_contain_text("Write your answer")
    visitor.get_by_label("Your answer", exact=True).fill("Two classes.")
    visitor.get_by_role("button", name="Send the answer").click()
    expect(visitor.get_by_text("Thank you. Your answer was sent.")).to_be_visible()

    lead.goto(link_in(post("lead@example.org")))
    expect(lead.get_by_role("link", name="Read the answer")).to_be_visible()
    lead.get_by_role("link", name="Read the answer").click()
    expect(lead.get_by_text("Two classes.")).to_be_visible()
    check_page(lead, javascript=javascript)
    lead.get_by_role("button", name="Mark as read").click()
    lead.get_by_role("link", name="What happened").click()
    expect(lead.get_by_text("The question was answered.")).to_be_visible()

    case = Case.objects.get(reference=reference)
    assert [row.history_actor for row in case.history.order_by("history_id")][:2] == ["Sam Requester (request form)", "Halima Okafor"]
    if javascript:
        visitor.set_viewport_size({"width": NARROWEST, "height": 900})
        assert (violations(visitor), overflows(visitor)) == ([], False)


def test_schools_appear_while_the_visitor_types_and_the_choice_stays(site, new_page):
    make_school(name="Otterbeck Primary School")
    make_school(name="Otterbeck Infant School", urn="999123")
    make_request_page(make_process_page(make_home()))
    page = new_page(javascript=True)
    page.goto(f"{site}/support/request/")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("School", exact=True).check()
    go_on(page)

    page.get_by_label("Find the school").press_sequentially("otterb")

    expect(page.get_by_label("Otterbeck Infant School")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("2 schools found")
    page.get_by_label("Otterbeck Primary School").check()
    page.get_by_label("Find the school").fill("otterbeck")
    expect(page.get_by_label("Otterbeck Primary School")).to_be_checked()
    check_page(page, javascript=True)
    go_on(page)
    expect(page.get_by_role("heading", name="The kind of support")).to_be_visible()


def test_what_was_typed_before_the_script_came_is_looked_for(site, new_page):
    make_school(name="Otterbeck Primary School")
    make_request_page(make_process_page(make_home()))
    page, held = new_page(), []
    page.route("**/school-finder*.js", lambda route: held.append(route))
    page.goto(f"{site}/support/request/")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("School", exact=True).check()
    go_on(page)
    page.get_by_label("Find the school").press_sequentially("otterb")

    page.wait_for_timeout(500)
    held[0].continue_()

    expect(page.get_by_label("Otterbeck Primary School")).to_be_visible()

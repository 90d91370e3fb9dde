"""Every state of the request form, the follow page and what surrounds them: readable by anybody, and nothing wider than the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.signals import template_rendered
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliance.roles import Role
from cases.purposes import FOLLOW
from common.links import make_link
from s2s_forms.drafts import RESUME
from s2s_forms.models import RequestDraft
from s2s_forms.protocols import current_version
from s2s_forms.request_form.steps import Step, all_steps
from tests.browser import NewPage, at_browser_of, complaints, overflows
from tests.factories.cases import make_case, make_question
from tests.factories.health_checks import make_health_check_page
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school, make_user
from tests.factories.request_forms import composed_form
from tests.factories.website import add_page, make_contact
from tests.s2s_forms.test_composed_form import MORE
from tests.s2s_forms.test_request_journey import BASE, PDF, answers
from website.models import ReadinessPage

pytestmark = pytest.mark.browser
PAPER = 718
"""The width of A4 between its margins, in pixels."""


@dataclass(frozen=True)
class State:
    """One look of a page: where it is, the button that is pressed with nothing typed, and the words that tell it from others."""

    name: str
    address: str
    shows: str
    presses: str = ""
    opens: str = ""
    """What is unfolded first."""


def look_at(page: Page, site: str, states: Iterable[State]) -> dict[str, list[object]]:
    """Bring the page into each state; what axe finds there, wide and narrow, by the name of the state."""
    found = {}
    for state in states:
        page.goto(site + state.address)
        if state.opens:
            page.locator("summary", has_text=state.opens).click()
        if state.presses:
            page.get_by_role("main").get_by_role("button", name=state.presses, exact=True).first.click()
        expect(page.locator("main")).to_contain_text(state.shows)
        found[state.name] = complaints(page)
    return found


@contextmanager
def templates_shown() -> Iterator[set[str]]:
    names: set[str] = set()

    def note(sender: Any, template: Any, **kwargs: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)


def templates_of(app: str, folder: str) -> set[str]:
    root = Path(apps.get_app_config(app).path) / "templates"
    return {str(path.relative_to(root)) for path in (root / folder).glob("*.html")}


def none_of(found: dict[str, list[object]]) -> dict[str, list[object]]:
    return {name: [] for name in found}


# The request form

TOLD = {
    "who": "Choose who you are asking for",
    "authority": "Answer: Who leads on school improvement?",
    "school": "Choose the school, or say that it is not listed",
    "kind": "Choose a kind of support, or say that you are not sure",
    "need": "Tell us what you would like to improve",
    "contact": "Enter your e-mail address",
    "more": "Answer: How many classes?",
}
"""What an empty step is answered with; one that is not listed here may be left empty."""
START = [State("start", BASE, "Start now")]
FORM = [
    State("school, found", f"{BASE}step/school/?q=otterbeck+primary", "Otterbeck Primary School"),
    State("school, too many found", f"{BASE}step/school/?q=many", "Add the town or postcode to narrow it down."),
    State("school, none found", f"{BASE}step/school/?q=nowhere", "We found no school for “nowhere”"),
    State("save", f"{BASE}save/", "Your answers are kept for 28 days."),
    State("save, no address", f"{BASE}save/", "Enter your e-mail address", presses="Send me the link"),
]
ANSWERED = [
    State("start, begun before", BASE, "Start afresh"),
    State("files sent", f"{BASE}step/background/", "Files sent so far"),
    State("changing one answer", f"{BASE}step/more/?change=1", "How many classes?"),
    State("check", f"{BASE}check/", "Check your answers"),
    State("saved", f"{BASE}save/", "Nothing was sent to the alliance yet.", presses="Send me the link"),
]
TOO_OFTEN = [
    State("start, too often", BASE, "Please wait a little", presses="Start afresh"),
    State("save, too often", f"{BASE}save/", "Please wait a little", presses="Send me the link"),
    State("send, too often", f"{BASE}check/", "Please wait a little", presses="Send the request"),
]


def states_of(steps: Iterable[Step]) -> list[State]:
    """Each step as it comes and, where something has to be said, as it comes back with nothing said."""
    slugs = [step.slug for step in steps]
    came = [State(slug, f"{BASE}step/{slug}/", "Continue") for slug in slugs]
    refused = [State(f"{slug}, empty", f"{BASE}step/{slug}/", TOLD[slug], presses="Continue") for slug in slugs if slug in TOLD]
    return [*came, *refused]


def answer_all(client: Client, school: Any) -> None:
    steps = {**answers(school), "authority": {"extra-officer": "Ada"}, "more": MORE}
    steps["background"] = {"already_tried": "", "uploads": [SimpleUploadedFile("plan-for-reading-and-spelling.pdf", PDF)]}
    for slug, values in steps.items():
        if slug != "who":
            assert client.post(f"{BASE}step/{slug}/", values).status_code == 302


def resume_states(page: Any) -> list[State]:
    now = timezone.now()
    draft = RequestDraft.objects.create(page=page, started_at=now, changed_at=now)
    sent = RequestDraft.objects.exclude(case=None).get()
    good, old = (make_link(purpose=RESUME, subject=draft, at=now, expires_at=now + timedelta(days=days)) for days in (1, -1))
    late = make_link(purpose=RESUME, subject=sent, at=now, expires_at=now + timedelta(days=1))
    return [
        State("resume", f"/portal/requests/resume/{good}/", "Your answers are still here."),
        State("resume, sent already", f"/portal/requests/resume/{late}/", "This request was sent already."),
        State("resume, expired", f"/portal/requests/resume/{old}/", "This link has expired."),
    ]


def test_every_state_of_the_request_form_can_be_read_by_anybody(site: str, client: Client, new_page: NewPage, settings: Any) -> None:
    make_contact(key="s2s-lead", email="lead@example.org", hours="Mondays to Fridays, 8.30 to 5")
    school = make_school(name="Otterbeck Primary School")
    for _number in range(16):
        make_school(name="One of many")
    form = make_request_page(make_process_page(make_home()), form=composed_form())
    with templates_shown() as shown:
        found = look_at(new_page(), site, START)
        client.post(BASE)
        page = at_browser_of(client, new_page(), site)
        who, *others = all_steps(form.form)
        found |= look_at(page, site, states_of([who]))
        client.post(f"{BASE}step/who/", {"requester_kind": "local-authority", "organisation": "Wharfeside Council"})
        found |= look_at(page, site, [*states_of(others), *FORM])
        answer_all(client, school)
        found |= look_at(page, site, ANSWERED)
        limits = settings.RATE_LIMITS
        settings.RATE_LIMITS = dict.fromkeys(limits, "0/h/ip")
        found |= look_at(page, site, TOO_OFTEN)
        settings.RATE_LIMITS = limits
        found |= look_at(page, site, [State("sent", f"{BASE}check/", "You hear from us by", presses="Send the request")])
        found |= look_at(page, site, resume_states(form))

    assert found == none_of(found)
    assert templates_of("s2s_forms", "s2s_forms/request") - shown == set()


# The follow page


def test_every_state_of_the_follow_page_can_be_read_by_anybody(site: str, client: Client, new_page: NewPage, settings: Any) -> None:
    make_home()
    make_contact(key="s2s-lead", email="lead@example.org", hours="Mondays to Fridays, 8.30 to 5")
    lead = make_user(Role.S2S_LEAD)
    now = timezone.now()
    case = make_case()
    open_for = {"at": now, "expires_at": now + timedelta(days=1)}
    token = make_link(purpose=FOLLOW, subject=case, **open_for)
    expired = make_link(purpose=FOLLOW, subject=case, at=now, expires_at=now - timedelta(days=1))
    address = f"/f/{token}/"
    with templates_shown() as shown:
        page = new_page()
        found = look_at(page, site, [State("open", address, "We read what you sent and get back to you")])
        make_question(case, lead, "How many classes are there, and which of them is this about?")
        found |= look_at(page, site, [
            State("question", address, "Your turn: answer our question"),
            State("question, no answer", address, "Write your answer", presses="Send the answer"),
            State("message, empty", address, "Write something first", opens="Write to us", presses="Send the message"),
            State("withdraw", f"{address}withdraw/", "This cannot be undone"),
            State("withdraw, no reason", f"{address}withdraw/", "Give a reason", presses="Withdraw the request"),
        ])  # fmt: skip
        limits = settings.RATE_LIMITS
        settings.RATE_LIMITS = dict.fromkeys(limits, "0/h/ip")
        found |= look_at(page, site, [
            State("question, too often", address, "Please wait a little", presses="Send the answer"),
            State("withdraw, too often", f"{address}withdraw/", "Please wait a little", presses="Withdraw the request"),
        ])  # fmt: skip
        settings.RATE_LIMITS = limits
        answer_and_look(page, site, address, found)
        found |= look_at(page, site, [
            State("wrong link", "/f/nothing-like-it/", "We do not know this link."),
            State("expired link", f"/f/{expired}/", "This link has expired."),
        ])  # fmt: skip
        page.goto(f"{site}{address}withdraw/")
        page.get_by_label("Reason").fill("The trust has found somebody.")
        page.get_by_role("button", name="Withdraw the request").click()
        expect(page.get_by_text("Your request was withdrawn.")).to_be_visible()
        found["withdrawn, just now"] = complaints(page)
        found |= look_at(page, site, [State("withdrawn", address, "This request has ended.")])

    assert found == none_of(found)
    assert {
        "cases/follow.html",
        "cases/withdraw.html",
        "cases/link_refused.html",
        "cases/attachment.html",
        "website/components/contact.html",
    } - shown == set()


def answer_and_look(page: Page, site: str, address: str, found: dict[str, list[object]]) -> None:
    page.goto(site + address)
    page.get_by_label("Your answer", exact=True).fill("Two classes.")
    page.locator('main input[type="file"]').first.set_input_files({"name": "timetable.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Thank you. Your answer was sent.")).to_be_visible()
    found["answered"] = complaints(page)


# What surrounds a request, and on paper


def test_the_pages_around_a_request_can_be_read_by_anybody(site: str, client: Client, new_page: NewPage) -> None:
    school = make_school(name="Otterbeck Primary School")
    home = make_home()
    process = make_process_page(home, has_working_group=True, closing="<h2>Questions</h2><p>Ask us.</p>")
    request = make_request_page(process, form=composed_form())
    process.request_page = request
    process.save_revision().publish()
    make_health_check_page(home)
    add_page(home, ReadinessPage(title="Are we ready?", slug="ready"))
    case = make_case(school, protocol_version=current_version("short"))
    process.title = "Support, reworded"
    process.save_revision().publish()
    found = look_at(new_page(), site, [
        State("process page", "/support/", "What happens, step by step"),
        State("health check days", "/health-check-days/", "A fresh pair of eyes."),
        State("readiness", "/ready/", "Work through the questions"),
        State("readiness, questions", "/ready/answer/", "In your own words"),
    ])  # fmt: skip
    client.force_login(make_user(Role.S2S_LEAD))
    telephone = f"/portal/requests/telephone/{request.pk}/"
    found |= look_at(at_browser_of(client, new_page(), site), site, [
        State("telephone", telephone, "Fill this in while you talk."),
        State("telephone, empty", telephone, "Choose who you are asking for", presses="Take the request"),
        State("work list", "/portal/cases/", case.reference),
        State("work list, nothing found", "/portal/cases/?q=nothing-like-it", "No case"),
        State("process tab", f"/portal/cases/{case.reference}/process/", "This case keeps what is written here."),
        State("the case", f"/portal/cases/{case.reference}/", "Otterbeck Primary School"),
    ])  # fmt: skip

    assert found == none_of(found)


HIDDEN_ON_PAPER = ".nav, .menu, .button, .footer__links, .timeline__icon"


def test_the_process_page_prints_whole_and_without_what_is_of_no_use_on_paper(site: str, new_page: NewPage) -> None:
    process = make_process_page(make_home(), steps=9, closing='<p>See <a href="https://example.org/a/long/address/">prices</a>.</p>')
    process.request_page = make_request_page(process)
    process.save_revision().publish()
    page = new_page(width=PAPER)
    page.goto(f"{site}/support/")
    page.emulate_media(media="print")

    assert not overflows(page)
    assert [one for one in page.locator(HIDDEN_ON_PAPER).all() if one.is_visible()] == []
    assert [one.inner_text() for one in page.locator(".timeline__title").all()] == [f"Step {number}" for number in range(1, 10)]
    assert page.locator(".timeline__step").evaluate_all("steps => steps.every(step => getComputedStyle(step).breakInside === 'avoid')")
    address = page.locator(".prose a").evaluate("link => getComputedStyle(link, '::after').content")
    assert address == '" (https://example.org/a/long/address/)"'


def test_what_is_folded_on_the_screen_is_whole_on_paper(site: str, client: Client, new_page: NewPage) -> None:
    case = make_case()
    make_home()
    now = timezone.now()
    token = make_link(purpose=FOLLOW, subject=case, at=now, expires_at=now + timedelta(days=1))
    page = new_page(width=PAPER)
    page.goto(f"{site}/f/{token}/")
    page.evaluate(
        "document.querySelector('main h1').insertAdjacentHTML('afterend', '<details><summary>More</summary><p>Folded words.</p></details>')"
    )

    page.emulate_media(media="print")

    expect(page.get_by_text("Folded words.")).to_be_visible()
    expect(page.get_by_text("Write to us")).to_be_hidden()

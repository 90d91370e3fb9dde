"""An editor composes another request form with no code; it is approved, translated, and filled in by visitors in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Locale

from alliance.roles import Role
from s2s_forms.models import ProcessPage, RequestDraft, RequestPage, SupportRequest
from s2s_forms.request_form.steps import all_steps
from tests.browser import PHONE, NewPage
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school, make_user
from tests.journeys.test_protocol_changes import InAdmin, _saved_by_hand  # noqa: F401 - a fixture
from tests.journeys.test_request_to_answer import find_school
from website.demo.translation import translate

pytestmark = pytest.mark.browser
WELSH = {
    "Your authority": "Eich awdurdod",
    "Who leads on school improvement?": "Pwy sy'n arwain ar wella ysgolion?",
    "A little more": "Ychydig mwy",
    "Which day suits a call?": "Pa ddiwrnod sy'n addas?",
    "Monday": "Dydd Llun",
    "Thursday": "Dydd Iau",
    "How many classes?": "Faint o ddosbarthiadau?",
    "What is on your mind?": "Beth sydd ar eich meddwl?",
}
SHOWN = ("Who leads on school improvement?", "Which day suits a call?", "Thursday", "How many classes?", "What is on your mind?")
"""Of these, what stands on the page with all answers."""


class Composer(InAdmin):
    """An editor at a request form. Steps and questions are added at the end, so the last buttons are those to press."""

    def open_form(self, page: RequestPage) -> None:
        self.screen = self.open(f"/admin/pages/{page.pk}/edit/")
        self.screen.evaluate("jQuery.fx.off = true")  # new blocks slide in: a click would miss what moves
        self.panel = self.screen.locator("#panel-child-content-form-section")
        self.adds = self.panel.get_by_role("button", name="Insert a block")

    def value(self, name: str) -> Locator:
        return self.screen.locator(f'[name="form-{name}"]')

    def add_step(self, number: int, title: str, *, only_for: str = "") -> None:
        self.adds.last.click()
        self.value(f"{number}-value-title").fill(title)
        if only_for:
            self.value(f"{number}-value-only_for").select_option(only_for)

    def add_question(self, step: int, number: int, kind: str, label: str) -> str:
        """To the last step; returns the start of the names of its values."""
        self.adds.nth(self.adds.count() - 2).click()
        self.screen.get_by_role("option", name=kind, exact=True).last.click()
        name = f"{step}-value-questions-{number}-value"
        self.value(f"{name}-label").fill(label)
        self.value(f"{name}-is_needed").check()
        return name


def compose(editor: Composer, page: RequestPage) -> None:
    """A step for local authorities alone, questions of three kinds, another wording; refused while one question has a single choice."""
    editor.open_form(page)
    editor.value("3-value-questions-1-value-label").fill("What is on your mind?")
    editor.add_step(6, "Your authority", only_for="local-authority")
    editor.add_question(6, 0, "Short text", "Who leads on school improvement?")
    editor.add_step(7, "A little more")
    editor.add_question(7, 0, "Number", "How many classes?")
    choice = editor.add_question(7, 1, "Choice of one", "Which day suits a call?")
    editor.value(f"{choice}-options-0-value").fill("Monday")
    editor.press_more("Submit to Moderators approval")
    editor.is_told("could not be saved due to validation errors")
    expect(editor.screen.get_by_text("“Which day suits a call?”: give at least two choices.")).to_be_visible()
    editor.panel.get_by_role("button", name="Add", exact=True).last.click()
    editor.value(f"{choice}-options-1-value").fill("Thursday")
    editor.press_more("Submit to Moderators approval")
    editor.is_told("has been submitted for moderation")


def approve(reviewer: InAdmin, title: str) -> None:
    screen = reviewer.open("/admin/")
    screen.get_by_role("row", name=title).get_by_role("button", name="Actions").click()
    screen.get_by_role("button", name="Approve", exact=True).click()
    expect(screen.get_by_text("Awaiting your review")).to_have_count(0)


def translate_form(lead: InAdmin, page: RequestPage) -> None:
    screen = lead.open(f"/admin/localize/submit/page/{page.pk}/")
    screen.get_by_label("Cymraeg").check()
    screen.get_by_role("button", name="Submit").click()
    for english, welsh in WELSH.items():
        segment = screen.locator("li").filter(has=screen.get_by_text(english, exact=True)).last
        segment.get_by_role("button", name="Translate").click()
        segment.get_by_role("textbox").fill(welsh)
        segment.get_by_role("button", name="Save").click()
        expect(segment.get_by_role("button", name="Edit")).to_be_visible()
    screen.get_by_role("button", name="Publish in Cymraeg").click()
    lead.is_told("Published")


def given_to(form: Any) -> dict[str, str]:
    """What a visitor from a local authority answers, by the names of the questions; options are found by their place."""
    extra = {question.kind: question for step in all_steps(form) for question in step.questions if not question.is_core}
    thursday = str(extra["choice"].value["options"].bound_blocks[1].id)
    return {
        "requester_kind": "local-authority", "organisation": "Wharfeside Council", "school": "999001", "support_kind": "NOT_SURE",
        "timing": "TERM", "title": "Reading", "focus": "Reading in Year 3", "desired_outcome": "More read well",
        "contact_name": "Olu Officer", "contact_email": "officer@example.org", "contact_telephone": "01632 960 001",
        extra["short_text"].name: "Ada Adviser", extra["number"].name: "14", extra["choice"].name: thursday,
    }  # fmt: skip


def fill_in(page: Page, address: str, given: dict[str, str]) -> str:
    """From the start to the check page; returns what that says."""
    page.goto(address)
    page.locator("main form button.button").first.click()
    while "/check/" not in page.url:
        page.wait_for_load_state()
        if page.locator("#school-search").count():
            find_school(page, "otterbeck")
        form = page.locator("main form[method=post]").last
        for name in set(form.locator("[name]").evaluate_all("fields => fields.map(field => field.name)")) & set(given):
            field = form.locator(f'[name="{name}"]:not([type=radio]), [name="{name}"][type=radio][value="{given[name]}"]')
            field.check() if field.get_attribute("type") == "radio" else field.fill(given[name])
        before = page.url
        form.locator("button.button").first.click()
        expect(page).not_to_have_url(before)
    page.wait_for_load_state()
    return page.locator("main").inner_text()


def make_pages() -> tuple[ProcessPage, RequestPage]:
    """A process page in both languages, and its request page in English."""
    Locale.objects.get_or_create(language_code="cy")
    process = make_process_page(make_home())
    form = make_request_page(process)
    for page in (process.get_parent().specific, process):
        translate(page, {})
    return process, form


def test_an_editor_composes_a_form_with_no_code_and_visitors_fill_it_in_in_both_languages(site: str, new_page: NewPage) -> None:
    make_school(name="Otterbeck Primary School", urn="999001")
    _process, form = make_pages()
    editor = Composer(make_user(Role.EDITOR), new_page, site)
    reviewer, lead = (InAdmin(make_user(role), new_page, site) for role in (Role.REVIEWER, Role.S2S_LEAD))

    compose(editor, form)
    approve(reviewer, "Request support")
    translate_form(lead, form)
    for person in (editor, reviewer, lead):
        person.leave()
    form.refresh_from_db()
    welsh_form = RequestPage.objects.get(locale__language_code="cy")
    english, welsh = (new_page(width=PHONE, javascript=False) for _ in range(2))
    in_english = fill_in(english, f"{site}{form.url}", given_to(form.form))
    in_welsh = fill_in(welsh, f"{site}{welsh_form.url}", given_to(welsh_form.form))

    assert {text: (text in in_english, word in in_welsh) for text, word in WELSH.items() if text in SHOWN} == dict.fromkeys(
        SHOWN, (True, True)
    )
    one, other = RequestDraft.objects.values_list("answers", flat=True)
    assert one == other
    welsh.locator("main form[method=post] button.button").click()
    expect(welsh.locator(".panel__reference")).to_be_visible()
    asked = SupportRequest.objects.get()
    assert asked.language == "cy"
    assert ("Pa ddiwrnod sy'n addas?", "Dydd Iau") in {(row["question"], row["answer"]) for row in asked.answers}

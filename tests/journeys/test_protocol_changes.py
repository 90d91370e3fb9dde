"""A protocol is reworded in the admin: drafted, previewed, compared, sent in, approved. What runs keeps its words; the public reads the new."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from alliance.models import User
from alliance.roles import Role
from s2s_forms.models import ProcessPage, ProcessStep
from s2s_forms.protocols import current_version
from tests.browser import NewPage, at_browser_of
from tests.factories.cases import make_case
from tests.factories.pages import make_home, make_process_page
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _saved_by_hand(settings: Any) -> None:
    """Wagtail also saves while somebody types; what it saved during a post would be told as somebody else's."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


class InAdmin:
    """Somebody in Wagtail's admin, which needs scripts and room."""

    def __init__(self, user: User, new_page: NewPage, site: str) -> None:
        client = Client()
        client.force_login(user)
        self.page, self.site = at_browser_of(client, new_page(), site), site

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site}{path}")
        return self.page

    def press_more(self, name: str) -> None:
        """A button of the menu beside “Save draft”."""
        self.page.get_by_role("button", name="More actions").click()
        self.page.locator("footer").get_by_role("button", name=name).click()

    def is_told(self, text: str) -> None:
        expect(self.page.locator(".messages")).to_contain_text(text)

    def leave(self) -> None:
        """The editor tells the server when it is left; after the test nobody would listen."""
        self.page.goto("about:blank")


def make_protocol() -> tuple[ProcessPage, ProcessStep]:
    """A process page with two steps of its own and a shared one."""
    page = make_process_page(make_home())
    step = ProcessStep(title="We listen", who="The lead", text="<p>We ring you.</p>", live=False, locale=page.locale)
    step.save()
    step.save_revision().publish()
    page.steps = json.dumps([*page.steps.get_prep_value(), {"type": "shared_step", "value": step.pk}])
    page.save_revision().publish()
    return page, step


def reword_page(editor: InAdmin, page: ProcessPage) -> None:
    """Change a step, see it in the preview, keep it, compare it with what is live, and send it in."""
    screen = editor.open(f"/admin/pages/{page.pk}/edit/")
    expect(screen.get_by_text("Support, version 2 (in force): 1 open case")).to_be_visible()
    screen.locator("#steps-0-value-title").fill("We meet at your school")
    screen.get_by_role("button", name="Toggle preview").click()
    expect(screen.frame_locator("#w-preview-iframe").get_by_role("heading", name="We meet at your school")).to_be_visible()
    screen.get_by_role("button", name="Save draft").click()
    editor.is_told("Page 'Support' has been updated.")
    screen.get_by_role("link", name="History").first.click()
    screen.get_by_role("row", name="Draft saved").get_by_role("button", name="Actions").click()
    screen.get_by_role("link", name="Compare with previous version").click()
    expect(screen.locator("main ins, main .addition").first).to_contain_text("We meet at your school")
    editor.open(f"/admin/pages/{page.pk}/edit/")
    editor.press_more("Submit to Moderators approval")
    editor.is_told("Page 'Support' has been submitted for moderation.")


def approve(reviewer: InAdmin, title: str, *, new_words: str) -> None:
    """From the list of what waits, compared with what is live first."""
    screen = reviewer.open("/admin/")
    waiting = screen.get_by_role("row", name=title)
    waiting.get_by_role("button", name="Actions").click()
    screen.get_by_role("link", name="Compare with live version").click()
    expect(screen.locator("main ins, main .addition").first).to_contain_text(new_words)
    reviewer.open("/admin/")
    waiting.get_by_role("button", name="Actions").click()
    screen.get_by_role("button", name="Approve", exact=True).click()
    expect(screen.get_by_text("Awaiting your review")).to_have_count(0)


def reword_step(editor: InAdmin, step: ProcessStep) -> None:
    screen = editor.open(f"/admin/snippets/s2s_forms/processstep/edit/{step.pk}/")
    screen.locator("#id_title").fill("We listen first")
    editor.press_more("Submit to Shared steps")
    editor.is_told("submitted for moderation")


def test_an_editor_rewords_a_protocol_and_a_moderator_publishes_it_while_a_case_keeps_its_words(site: str, new_page: NewPage) -> None:
    page, step = make_protocol()
    school = make_school()
    case = make_case(school, protocol_version=current_version("short"))
    editor, reviewer = (InAdmin(make_user(role), new_page, site) for role in (Role.EDITOR, Role.REVIEWER))
    head = InAdmin(make_head(school), new_page, site)

    reword_page(editor, page)
    before = head.open("/support/").locator(".timeline__title").all_inner_texts()
    approve(reviewer, "Support", new_words="We meet at your school")
    reword_step(editor, step)
    approve(reviewer, "We listen", new_words="first")
    after = head.open("/support/").locator(".timeline__title").all_inner_texts()
    kept = head.open(f"/portal/cases/{case.reference}/process/").locator(".timeline__title").all_inner_texts()

    assert (before, kept) == (["Step 1", "Step 2", "We listen"], ["Step 1", "Step 2", "We listen"])
    assert after == ["We meet at your school", "Step 2", "We listen first"]
    expect(head.page.get_by_text("This case keeps what is written here.")).to_be_visible()
    editor.leave()
    reviewer.leave()

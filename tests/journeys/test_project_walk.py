"""The whole way in a browser with everybody involved: from the request on the public page to the published story."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliance.roles import Role
from cases.models import Case
from finance.models import Invoice
from s2s_workflow.models import AgreementClause, SupportProject
from tests.browser import DESKTOP, PHONE, overflows, violations
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.finance import make_rate
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import PASSWORD, make_head, make_school, make_user
from tests.factories.website import make_story_index
from tests.journeys.test_request_to_answer import ask_for_support, link_in

pytestmark = pytest.mark.browser

MEETING = ("focus", "outcomes", "funding", "visits", "access", "expectations")
LOOKED_AT: set[str] = set()
SECRET = "Three teachers left within a year"
"""Written where it is confidential; must stand in no e-mail."""


class Person:
    """Somebody at a browser of their own, who takes the steps that the case offers them."""

    def __init__(self, page: Page, site: str, email: str, *, checks: bool) -> None:
        self.page, self.site, self.email, self.checks = page, site, email, checks
        self.signed_in = False

    def go(self, path: str) -> Page:
        if not self.signed_in:
            self.page.goto(f"{self.site}/account/login/")
            self.page.get_by_label("E-mail address").fill(self.email)
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
            self.signed_in = True
        self.page.goto(f"{self.site}{path}")
        return self.page

    def take(self, case: str, tab: str, slug: str, **answers: Any) -> None:
        """Open the tab, choose the step, fill its form by the names of its fields, send it, and be told that it was done."""
        self.go(f"/portal/cases/{case}/{tab}/")
        self.page.locator(f'main a[href*="/do/{slug}/"]').first.click()
        self.page.wait_for_url(f"**/do/{slug}/**")
        for name, value in answers.items():
            self._fill(name, value)
        self._look(slug)
        self.page.locator("main form").last.locator("button.button").last.click()
        expect(self.page.locator(".notification--success")).to_be_visible()
        assert "/do/" not in self.page.url

    def _fill(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]')
        if isinstance(value, date):
            for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
                self.page.locator(f'main [name="{name}_{part}"]').fill(str(number))
        elif value is True:
            field.check()
        elif field.first.get_attribute("type") == "radio":
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))

    def _look(self, slug: str) -> None:
        """No violation of WCAG A or AA, and nothing cut off; once for each kind of step."""
        if self.checks and slug not in LOOKED_AT:
            LOOKED_AT.add(slug)
            assert (violations(self.page), overflows(self.page)) == ([], False), self.page.url

    def acts_in_admin(self, path: str, **answers: Any) -> None:
        """Use a button of the admin: its page, its form."""
        self.go(path)
        for name, value in answers.items():
            field = self.page.locator(f'main [name="{name}"]')
            field.select_option(str(value)) if field.evaluate("element => element.tagName") == "SELECT" else field.fill(str(value))
        self.page.locator("main form button[type=submit], main form input[type=submit]").last.click()
        expect(self.page).not_to_have_url(re.compile(re.escape(path)))


class Everybody:
    """The people of one walk, each made when first asked for."""

    def __init__(self, new_page: Callable[..., Page], site: str, *, width: int, javascript: bool) -> None:
        self.school = make_school(name="Otterbeck Primary School", phase="PRIMARY")
        self.supporting_school = make_school(name="Lindle Vale Primary School", phase="PRIMARY")
        users = {
            "lead": make_user(Role.S2S_LEAD, first_name="Halima", last_name="Okafor", email="lead@example.org"),
            "broker": make_user(Role.BROKER),
            "member": make_user(Role.WORKING_GROUP),
            "second": make_user(Role.WORKING_GROUP),
            "finance": make_user(Role.FINANCE),
            "reviewer": make_user(Role.REVIEWER),
            "editor": make_user(Role.EDITOR),
            "head": make_head(self.school),
            "supporting": make_head(self.supporting_school),
            "leader": make_user(first_name="Rowena", last_name="Castellan"),
        }
        self.users = users
        self.system_leader = SystemLeaderFactory(user=users["leader"], supporting_school=self.supporting_school)

        def at_a_browser(name: str) -> Person:
            in_admin = name in ("finance", "reviewer", "editor")  # Wagtail's admin needs scripts and room
            page = new_page(width=DESKTOP, javascript=True) if in_admin else new_page(width=width, javascript=javascript)
            return Person(page, site, users[name].email, checks=javascript and width == DESKTOP)

        self.lead, self.broker, self.member, self.second = (at_a_browser(name) for name in ("lead", "broker", "member", "second"))
        self.finance, self.reviewer, self.editor = (at_a_browser(name) for name in ("finance", "reviewer", "editor"))
        self.head, self.supporting, self.leader = (at_a_browser(name) for name in ("head", "supporting", "leader"))


def take_into_triage(who: Person, case: str) -> None:
    who.go(f"/portal/cases/{case}/triage/")
    who.page.get_by_label("No, I have no ties to the school").check()
    who.page.get_by_role("button", name="Go on").click()
    expect(who.page.get_by_text("The request is yours, and in triage.")).to_be_visible()


def pass_the_working_group(people: Everybody, case: str) -> None:
    people.broker.take(case, "project", "start-due-diligence")
    texts = dict.fromkeys(("findings", "tried_already", "inspection_risk", "recommendation"), f"{SECRET}.")
    people.broker.take(case, "documents", "write-report", **texts)
    people.broker.take(case, "documents", "send-report")
    for member in (people.member, people.second):
        member.take(case, "group", "view-on-review", view="support", rationale="The most effective help.")
    people.member.take(case, "group", "decide-review", outcome="SUPPORT", reason="Both of us recommend it.")


def put_the_team_together(people: Everybody, case: str, today: date) -> None:
    people.broker.take(case, "team", "confirm-needs", needs=f"Reading in Year 3. {SECRET}.")
    people.broker.take(
        case, "team", "propose-leader", leader=people.system_leader.pk, remit="Coaches the reading lead.", half_days=4, starts_on=today,
        ends_on=today + timedelta(days=60), is_named_lead=True,
    )  # fmt: skip
    people.supporting.take(case, "team", "release-leader", releases="yes")
    people.broker.take(case, "team", "approve-deployment")
    people.broker.take(case, "team", "plan-visit", visit_date=today, half="AM")
    people.broker.take(case, "team", "present-costs")
    people.head.take(case, "team", "accept-team")
    people.broker.take(case, "project", "agree-team")


def agree_and_sign(people: Everybody, case: str, today: date, *, group: bool) -> None:
    people.leader.take(
        case, "project", "record-meeting", held_on=today, attendees="Both heads", **dict.fromkeys(MEETING, "Settled between us.")
    )
    people.leader.take(
        case, "documents", "write-plan", objective_0="Pupils read better", measure_0="Reading age", baseline_0="7.2", target_0="8.0",
        owner_0="Reading lead", due_on_0=today + timedelta(days=90), schedule="Every two weeks.", exit_arrangements="A month’s notice.",
    )  # fmt: skip
    people.leader.take(case, "project", "draft-agreement")
    people.leader.take(case, "documents", "send-plan")
    if group:
        for member in (people.member, people.second):
            member.take(case, "group", "view-on-plan", view="support", rationale="It can be measured.")
    (people.member if group else people.lead).take(case, "documents", "decide-plan", decision="approve")
    people.broker.take(case, "agreement", "freeze-agreement")
    for name in ("head", "supporting", "lead"):
        signer = getattr(people, name)
        signer.take(case, "agreement", "sign", typed_name=people.users[name].get_full_name())


def deliver(people: Everybody, case: str, today: date) -> None:
    people.leader.take(
        case, "visits", "write-note", action_taken="Watched lessons.", impact=f"{SECRET}, and it shows.", next_steps="Model a lesson."
    )
    people.head.take(case, "visits", "reply-to-note", text="Thank you.")
    people.supporting.take(case, "visits", "approve-time")
    people.leader.take(
        case, "reviews", "write-mid-term-review", held_on=today, is_working="Yes.", is_appropriate="Yes.", next_steps="Go on.",
        decision="CONTINUE",
    )  # fmt: skip
    people.head.take(case, "reviews", "agree-mid-term-review")
    people.leader.take(case, "reviews", "raise-concern", text=f"{SECRET}.")
    people.broker.take(case, "reviews", "resolve-concern", resolution="We rang the head.")
    people.finance.take(case, "costs", "invoice-time")
    people.leader.take(case, "project", "end-delivery")


def evaluate(people: Everybody, case: str, *, group: bool) -> None:
    words = dict.fromkeys(("impact_on_supporting", "sustained_by", "achievements", "next_steps"), "Better than before.")
    people.head.take(case, "documents", "write-evaluation", judgement_0="MET", evidence_0="Reading ages rose to 8.1.", **words)
    people.head.take(case, "documents", "send-evaluation")
    people.reviewer.take(case, "documents", "decide-evaluation", decision="return", comment="Say how it is sustained.")
    people.head.take(case, "documents", "write-evaluation", sustained_by="The reading lead coaches every new teacher.")
    people.head.take(case, "documents", "send-evaluation")
    if group:
        for member in (people.member, people.second):
            member.take(case, "group", "view-on-evaluation", view="support", rationale="It is honest.")
    people.reviewer.take(case, "documents", "decide-evaluation", decision="approve")
    for head in (people.head, people.supporting):
        head.take(case, "documents", "consent-to-story", consents="yes")


def settle_and_close(people: Everybody, case: str) -> None:
    people.lead.take(case, "project", "disseminate")
    for invoice in Invoice.objects.filter(case_reference=case):
        address = f"/admin/snippets/finance/invoice/{{}}/{invoice.pk}/"
        people.finance.acts_in_admin(address.format("issue"), vat_treatment="OUTSIDE_SCOPE", vat_percent="0")
        people.finance.acts_in_admin(address.format("paid"))
    people.lead.take(case, "project", "close-project", reason="All is done. Thank you.")


def publish_the_story(people: Everybody, story: Any) -> None:
    """The editor sends the draft to the reviewers of pages, one of whom approves it: both in Wagtail's own editor."""
    for who, button in ((people.editor, "[name=action-submit]"), (people.reviewer, '[data-workflow-action-name="approve"]')):
        page = who.go(f"/admin/pages/{story.pk}/edit/")
        page.locator(button).first.dispatch_event("click")  # it stands in a menu that is closed
        expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize(
    ("rules", "width", "javascript"),
    [({}, PHONE, False), ({"has_due_diligence": True, "has_working_group": True}, DESKTOP, True)],
    ids=["short-phone-without-scripts", "full-desktop-with-scripts"],
)
def test_a_request_becomes_a_published_story(site, new_page, post, rules, width, javascript):
    today = timezone.localdate()
    home = make_home()
    index = make_story_index(home)
    process = make_process_page(home, **rules)
    process.request_page = make_request_page(process)
    process.save_revision().publish()
    people = Everybody(new_page, site, width=width, javascript=javascript)
    make_rate(300, 150, 255, 127, designation="")
    AgreementClause.objects.create(title="Confidentiality", text="What is shared stays between the parties.")
    group = "has_working_group" in rules

    case = ask_for_support(new_page(width=width, javascript=javascript), site, javascript=javascript)
    link_in(post("lead@example.org"))
    take_into_triage(people.broker, case)
    pass_the_working_group(people, case) if group else people.broker.take(case, "project", "start-brokering")
    put_the_team_together(people, case, today)
    agree_and_sign(people, case, today, group=group)
    deliver(people, case, today)
    evaluate(people, case, group=group)
    settle_and_close(people, case)
    story = SupportProject.objects.get(case__reference=case).story
    publish_the_story(people, story)

    people.head.go(f"/{index.slug}/{story.slug}/")
    expect(people.head.page.get_by_role("heading", level=1)).to_contain_text("Otterbeck Primary School")
    expect(people.head.page.get_by_text("Reading ages rose to 8.1.").first).to_be_visible()
    closed = Case.objects.get(reference=case)
    assert (closed.public_status, list(closed.turns.open())) == ("COMPLETED", [])
    post("lead@example.org")
    assert [message.subject for message in mail.outbox if SECRET in message.body + message.subject] == []

"""Health check days in a browser: booked, briefed, held, signed; moved, cancelled late, not turned up to; asked for by a stranger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliance.models import BankHoliday, SchoolRole
from alliance.roles import Role
from alliance.working_days import add_working_days
from diary.models import Closure
from health_checks.enums import DayState
from health_checks.models import Day, Series
from outbox.delivery import deliver_due_messages
from tests.browser import DESKTOP, PHONE, overflows, violations
from tests.factories.alliance import MembershipFactory
from tests.factories.finance import make_discount, make_policy, make_rate
from tests.factories.health_checks import Booking, make_health_check_page, make_leader
from tests.factories.pages import make_home
from tests.factories.people import PASSWORD, make_head, make_school, make_user
from tests.factories.portal import code_in
from tests.journeys.test_project_walk import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKED_AT: set[str] = set()
MODES = [
    pytest.param(DESKTOP, True, id="desktop-with-scripts"),
    pytest.param(PHONE, True, id="phone-with-scripts"),
    pytest.param(DESKTOP, False, id="desktop-without-scripts"),
    pytest.param(PHONE, False, id="phone-without-scripts"),
]
FULL_CHECK = "phone-with-scripts"


class Booker(Person):
    """Somebody who goes through the booking journey, page by page."""

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f'main [name="{name}"][value="{value}"]').check()

    def next(self, what: str) -> None:
        self.look(what)
        self.page.locator("main form button.button").last.click()

    def look(self, what: str) -> None:
        if self.checks and what not in LOOKED_AT:
            LOOKED_AT.add(what)
            assert (violations(self.page), overflows(self.page)) == ([], False), self.page.url

    def date(self, name: str, day: date) -> None:
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.locator(f'main [name="{name}_{part}"]').fill(str(number))

    def ask_for(self, days: list[date], *, repeat: str = "", number: int = 1, clash: str = "") -> str:
        """From the start page to the reference; of a clash the choice given is taken."""
        page = self.go("/portal/health-checks/book/")
        self.look("start")
        page.get_by_role("button", name="Book for this school").first.click()
        page.get_by_label("Which area do you want to improve?").fill("Early reading")
        page.get_by_text("Quality of education", exact=True).click()
        page.locator('[name="judgement-quality-of-education"]').fill("Good, we think")
        self.next("focus")
        self.next("days, wrong")
        expect(page.locator(".error-summary")).to_be_visible()
        for name, value in (("use", "DATA_REVIEW"), ("part", "FULL"), ("who", "designation"), ("conductors", "SLE")):
            self.choose(name, value)
        page.locator('[name="number"]').fill(str(number))
        self.next("days")
        if repeat:
            self.choose("repeat", repeat)
            self.next("repeat")
        for n, day in enumerate(days):
            self.date(f"date{n}", day)
        self.next("dates")
        if clash:
            expect(page.get_by_text("Does not suit").first).to_be_visible()
            self.next("clash, undecided")
            page.locator(f'main input[type="radio"][value="{clash}"]').first.check()
        self.next("clash" if clash else "dates free")
        self.next("contact")
        expect(page.get_by_role("heading", name="Check your booking")).to_be_visible()
        self.next("check")
        expect(page.get_by_role("heading", name="We have your booking")).to_be_visible()
        self.look("sent")
        return page.locator(".panel__reference").inner_text()


def in_term(number: int) -> date:
    """A weekday so many weeks from now that, like those one and two weeks later and the next day, is no holiday."""
    day = timezone.localdate() + timedelta(weeks=number)
    holidays = set(BankHoliday.objects.values_list("date", flat=True))
    while day.weekday() > 3 or holidays & {day + timedelta(days=n) for n in (0, 7, 8, 14)}:
        day += timedelta(days=1)
    return day


@pytest.fixture
def alliance(transactional_db, live_server, settings) -> dict[str, Any]:
    """A member school with its head, a leader of another, a lead, rates, a discount and a policy."""
    settings.SITE_URL = live_server.url
    home = make_home()
    make_rate(designation="SLE", effective_from=date(2024, 9, 1))
    make_discount(effective_from=date(2024, 9, 1))
    make_policy(effective_from=date(2024, 9, 1))
    school = make_school(name="Booking School")
    return {
        "site": live_server.url,
        "home": home,
        "school": school,
        "head": make_head(school),
        "leader": make_leader(),
        "lead": make_user(Role.S2S_LEAD),
    }


def match_and_quote(lead: Person, reference: str) -> None:
    """The lead takes the case on, holds the first leader for every day and sends the quote."""
    lead.go(f"/portal/cases/{reference}/").get_by_role("button", name="Take it on").click()
    lead.take(reference, "days", "find-leaders")
    for day in Day.objects.filter(series__case__reference=reference, state=DayState.PROPOSED):
        lead.go(f"/portal/cases/{reference}/days/").locator(f'main a[href*="/do/put-leader-on/{day.pk}/"]').first.click()
        lead.page.locator('main input[name="leader"]').first.check()
        lead.page.locator("main form button.button").last.click()
        expect(lead.page.locator(".notification--success")).to_be_visible()
    lead.take(reference, "days", "send-quote")


@pytest.mark.parametrize(("width", "scripts"), MODES)
def test_a_member_books_three_with_a_clash_agrees_the_brief_and_gets_the_pack(alliance, new_page, width, scripts, request):
    checks = FULL_CHECK in request.node.name
    site = alliance["site"]
    MembershipFactory(school=alliance["school"], starts_on=date(2024, 9, 1))
    first = in_term(5)
    closed = first + timedelta(weeks=1)
    Closure.objects.create(school=alliance["school"], name="Training day", first_day=closed, last_day=closed)
    head = Booker(new_page(width=width, javascript=scripts), site, alliance["head"].email, checks=checks)
    lead = Booker(new_page(width=width, javascript=scripts), site, alliance["lead"].email, checks=checks)
    leader = Booker(new_page(width=width, javascript=scripts), site, alliance["leader"].user.email, checks=checks)

    reference = head.ask_for([first], repeat="WEEKLY", number=3, clash="move")
    match_and_quote(lead, reference)
    head.take(reference, "days", "accept-quote", po_number="PO-1")
    day = Day.objects.filter(series__case__reference=reference, state=DayState.CONFIRMED).order_by("date").first()
    assert day
    page = leader.go(f"/portal/health-checks/{reference}/do/edit-brief/{day.pk}/")
    page.locator('[name="activities"]').fill("A learning walk")
    page.locator('[name="outcomes"]').fill("Three things to do")
    leader.next("brief")
    leader.take(reference, "days", "agree-brief")
    head.take(reference, "days", "agree-brief")
    move_to_today(day)
    leader.take(reference, "days", "start-day")
    write_the_record(leader, reference, day, scripts)
    leader.go(f"/portal/health-checks/{reference}/do/sign-record/{day.pk}/")
    leader.page.locator('[name="names_no_pupil"]').check()
    leader.next("sign record")
    head.go(f"/portal/health-checks/{reference}/do/sign-off/{day.pk}/")
    head.page.locator('[name="comment"]').fill("Fair.")
    head.next("sign off")
    page = head.go(f"/portal/health-checks/{reference}/day/{day.pk}/")
    head.look("day")

    expect(page.get_by_text("To paste into your self-evaluation")).to_be_visible()
    pack = page.request.get(f"{site}/portal/health-checks/{reference}/day/{day.pk}/evidence/")
    assert (pack.status, pack.body()[:5]) == (200, b"%PDF-")
    assert Series.objects.get().quote.total == 3 * 297.5
    assert leader.go(f"/portal/health-checks/{reference}/day/{day.pk}/").get_by_text("The record is the school’s").count() == 1


def move_to_today(day: Day) -> None:
    """As if the day had come: it was agreed before, so only its date is brought nearer."""
    Day.objects.filter(pk=day.pk).update(date=timezone.localdate())


def write_the_record(leader: Booker, reference: str, day: Day, scripts: bool) -> None:
    page = leader.go(f"/portal/health-checks/{reference}/day/{day.pk}/record/")
    for radio in page.locator('main input[type="radio"][value="REAFFIRMED"], main input[type="radio"][value="MET"]').all():
        radio.check()
    page.locator('[name="evidence"]').fill("Books of three classes")
    if scripts:
        expect(page.locator("[data-autosave-status]")).to_contain_text("Saved at", timeout=15_000)
        page.reload()
        expect(page.locator('[name="evidence"]')).to_have_value("Books of three classes")
    page.locator('[name="next_steps"]').fill("Train the assistants")
    leader.look("record")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notification--success")).to_be_visible()


def booked(alliance: dict[str, Any], days: list[date]) -> Booking:
    """Days that the school booked some hours ago, at the full price, by the actions that the first journey walks in a browser."""
    booking = Booking(dates=days, has_rates=False, at=timezone.now() - timedelta(hours=6))
    booking.__dict__ |= {name: alliance[name] for name in ("school", "head", "leader", "lead")}
    booking.book()
    return booking


@pytest.mark.parametrize(("width", "scripts"), MODES)
def test_a_school_moves_a_day_and_cancels_another_late_with_the_fee_shown_first(alliance, new_page, width, scripts, request):
    booking = booked(alliance, [in_term(5), in_term(7)])
    reference = booking.series.case.reference
    first, second = Day.objects.filter(series=booking.series.pk).order_by("date")
    head = Booker(
        new_page(width=width, javascript=scripts), alliance["site"], alliance["head"].email, checks=FULL_CHECK in request.node.name
    )

    page = head.go(f"/portal/health-checks/{reference}/day/{first.pk}/")
    page.locator(f'main a[href*="/do/move-day/{first.pk}/"]').click()
    expect(page.get_by_text("Another date", exact=True).first).to_be_visible()
    head.choose("choice", "other")
    head.date("date", in_term(6))
    page.locator('[name="reason"]').fill("An inspection")
    head.next("move")
    expect(page.locator(".notification--success")).to_be_visible()
    Day.objects.filter(pk=second.pk).update(date=add_working_days(timezone.localdate(), 2))
    page = head.go(f"/portal/health-checks/{reference}/day/{second.pk}/")
    page.locator(f'main a[href*="/do/cancel-day/{second.pk}/"]').click()
    expect(page.get_by_text("£350.00").first).to_be_visible()
    second.refresh_from_db()
    shown_first = second.state
    page.locator('[name="reason"]').fill("Nobody is there")
    head.next("cancel")
    expect(page.locator(".notification--success")).to_be_visible()

    second.refresh_from_db()
    assert (shown_first, second.state, second.fee_due) == (DayState.CONFIRMED, DayState.CANCELLED, 350)
    assert Day.objects.get(replaces=first).date == in_term(6)


@pytest.mark.parametrize(("width", "scripts"), MODES)
def test_a_school_that_was_not_there_is_told_of_the_fee(alliance, new_page, width, scripts, request):
    booking = booked(alliance, [in_term(5)])
    reference, day = booking.series.case.reference, booking.day
    move_to_today(day)
    checks = FULL_CHECK in request.node.name
    leader = Booker(new_page(width=width, javascript=scripts), alliance["site"], alliance["leader"].user.email, checks=checks)
    head = Booker(new_page(width=width, javascript=scripts), alliance["site"], alliance["head"].email, checks=checks)

    page = leader.go(f"/portal/health-checks/{reference}/day/{day.pk}/")
    page.locator(f'main a[href*="/do/school-was-not-there/{day.pk}/"]').click()
    page.locator('[name="reason"]').fill("The school was shut")
    leader.next("no-show")
    expect(page.locator(".notification--success")).to_be_visible()

    expect(head.go(f"/portal/health-checks/{reference}/day/{day.pk}/").get_by_text("£350.00").first).to_be_visible()
    assert Day.objects.get().state == DayState.NO_SHOW_SCHOOL


def register(person: Booker, email: str) -> None:
    """Make an account, and prove the address by the code that was sent to it."""
    page = person.page
    page.goto(f"{person.site}/account/signup/")
    for name, value in (("first_name", "Nia"), ("last_name", "New"), ("email", email), ("password1", PASSWORD)):
        page.locator(f'main [name="{name}"]').fill(value)
    page.get_by_role("main").get_by_role("button", name="Register").click()
    page.locator('main [name="code"]').fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.locator('main [name="code"]')).to_have_count(0)
    person.signed_in = True


@pytest.mark.parametrize(("width", "scripts"), MODES)
def test_a_stranger_confirms_their_address_asks_for_a_school_and_is_checked_first(alliance, new_page, width, scripts, request):
    checks = FULL_CHECK in request.node.name
    stranger = Booker(new_page(width=width, javascript=scripts), alliance["site"], "nia@example.org", checks=checks)
    lead = Booker(new_page(width=width, javascript=scripts), alliance["site"], alliance["lead"].email, checks=checks)

    register(stranger, stranger.email)
    page: Page = stranger.go("/portal/health-checks/book/")
    page.get_by_role("link", name="Find my school").click()
    page.get_by_label("School").fill("Booking")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Booking School").click()
    page.get_by_label("Head", exact=True).or_(page.get_by_label("Headteacher", exact=True)).first.check()
    stranger.look("claim")
    page.get_by_role("button", name="Continue").click()
    reference = stranger.ask_for([in_term(5), in_term(7)], repeat="NONE", number=2)
    page.reload()
    expect(page.locator(".panel__reference")).to_have_text(reference)
    tab = lead.go(f"/portal/cases/{reference}/days/")
    expect(tab.locator('main a[href*="/do/find-leaders/"]')).to_have_count(0)
    lead.look("unverified")
    tab.get_by_role("link", name="People waiting to be verified").click()
    tab.get_by_role("button", name="Verify").click()
    lead.take(reference, "days", "find-leaders")

    role = SchoolRole.objects.get(user__email=stranger.email)
    assert (role.is_verified, Series.objects.get().state) == (True, "MATCHING")
    deliver_due_messages(timezone.now())
    assert any(reference in one.subject or reference in one.body for one in mail.outbox if one.to == [stranger.email])


def test_the_public_page_leads_to_the_booking(alliance, new_page):
    """Its prices are those of the rates in force, and its button leads through the sign-in."""
    made = make_health_check_page(alliance["home"])
    page = new_page(width=PHONE, javascript=False)
    page.goto(f"{alliance['site']}{made.url}")

    expect(page.get_by_text("£350").first).to_be_visible()
    expect(page.get_by_text("£297.50").first).to_be_visible()
    page.get_by_role("link", name="Book health check days").click()
    assert "/account/login/" in page.url
    assert reverse("health_checks:book") in page.url
    assert PASSWORD not in page.content()

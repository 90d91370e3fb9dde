"""What the pages of a booking show, and to whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diary.models import HalfDay
from health_checks.actions.record_no_show import record_no_show
from health_checks.enums import Cause, DayState
from health_checks.models import Day
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking, at_day, make_health_check_page, make_leader
from tests.factories.website import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def booked() -> Booking:
    booking = Booking()
    booking.book()
    return booking


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def days_of(booking: Booking) -> str:
    return reverse("portal:case_tab", args=[booking.day.series.case.reference, "days"])


def step_url(booking: Booking, slug: str) -> str:
    return reverse("health_checks:step_on", args=[booking.day.series.case.reference, slug, booking.day.pk])


def test_a_school_sees_what_it_costs_before_it_cancels(booked):
    page = client_of(booked.head).get(step_url(booked, "cancel-day"))

    assert "What it costs to cancel today" in page.content.decode()


def on_leader(booking: Booking, slug: str) -> str:
    return reverse("health_checks:step_on", args=[booking.day.series.case.reference, slug, booking.day.assignments.get().pk])


def take(person, address: str, **given: str) -> HttpResponse:
    """Open a step and send its form."""
    client = client_of(person)
    page = client.get(address)
    return client.post(address, {"form_key": page.context["form"]["form_key"].value(), **given})


def day_page(booking: Booking) -> str:
    return reverse("health_checks:day", args=[booking.day.series.case.reference, booking.day.pk])


def test_a_leader_asks_for_a_substitute_without_being_shown_a_price(booked):
    client = client_of(booked.leader.user)

    assert client.get(step_url(booked, "cancel-day")).status_code in (403, 404)
    assert "£" not in client.get(on_leader(booked, "cannot-come")).content.decode()
    take(booked.leader.user, on_leader(booked, "cannot-come"), reason="A family matter")

    school, lead = (client_of(person).get(day_page(booked)).content.decode() for person in (booked.head, booked.lead))
    assert ("A substitute is being found" in school, "A family matter" in school, "A family matter" in lead) == (True, False, True)
    assert step_url(booked, "agree-brief") not in client.get(day_page(booked)).content.decode()
    assert on_leader(booked, "come-after-all") in client.get(day_page(booked)).content.decode()
    assert (booked.day.state, HalfDay.objects.count()) == (DayState.CONFIRMED, 2)


def test_moving_offers_the_free_dates_and_another_one(booked):
    page = client_of(booked.head).get(step_url(booked, "move-day"))
    choices = page.context["form"].fields["choice"].choices

    assert (len(choices), choices[-1][0]) == (13, "other")
    assert take(booked.head, step_url(booked, "move-day"), reason="An inspection").status_code == 200  # nothing was chosen
    take(booked.head, step_url(booked, "move-day"), reason="An inspection", choice=choices[1][0])

    assert booked.day.date.isoformat() == choices[1][0]


def test_another_date_is_given_by_hand(booked):
    other = FIRST + timedelta(weeks=4)
    names = client_of(booked.head).get(step_url(booked, "move-day")).content.decode()
    given = {"date_day": str(other.day), "date_month": str(other.month), "date_year": str(other.year)}
    assert 'name="date_day"' in names
    assert take(booked.head, step_url(booked, "move-day"), reason="x", choice="other").status_code == 200  # the date is missing
    take(booked.head, step_url(booked, "move-day"), reason="An inspection", choice="other", **given)

    assert booked.day.date == other


@pytest.mark.parametrize("who", ["head", "lead"])
def test_another_date_is_chosen_for_a_day_that_the_leader_missed(booked, who, time_machine):
    missed = booked.day
    time_machine.move_to(at_day(missed.date))
    record_no_show(day=missed, absent=Cause.LEADER, by=booked.lead, at=at_day(missed.date), reason="Nobody came")
    address = step_url(booked, "another-date" if who == "head" else "another-date-for")
    person = getattr(booked, who)
    assert address in client_of(person).get(days_of(booked)).content.decode()
    choices = client_of(person).get(address).context["form"].fields["choice"].choices
    take(person, address, choice=choices[0][0], reason="As agreed")

    after = Day.objects.get(replaces=missed)
    assert (after.date.isoformat(), after.state) == (choices[0][0], DayState.CONFIRMED)


def test_staff_hand_a_day_over_or_end_it():
    booking = Booking()
    booking.start()
    other, day = make_leader(), booking.day
    assert client_of(booking.head).get(step_url(booking, "end-day")).status_code == 403
    take(booking.lead, on_leader(booking, "hand-over-day"), leader=str(other.pk), reason="Left")
    handed_over_to = day.assignments.standing().get().leader
    take(booking.lead, step_url(booking, "end-day"), percent="50", fee_reason="Half a day", reason="Nobody can finish it")

    day.refresh_from_db()
    school = client_of(booking.head).get(day_page(booking)).content.decode()
    assert (handed_over_to, day.state, day.fee_due) == (other, DayState.ENDED_EARLY, 175)
    assert ("Nobody signed this record" in school, "Half a day" in school) == (True, True)


def test_staff_record_that_the_school_has_not_signed(time_machine):
    booking = Booking()
    booking.deliver()
    early = client_of(booking.lead).get(step_url(booking, "not-signed")).content.decode()
    time_machine.move_to(at_day(booking.day.date + timedelta(weeks=6)))
    assert step_url(booking, "not-signed") in client_of(booking.lead).get(days_of(booking)).content.decode()
    take(booking.lead, step_url(booking, "not-signed"), reason="No answer")

    assert "This cannot be done as things stand" in early
    assert booking.day.state == DayState.NOT_SIGNED


def test_a_brief_that_is_not_complete_is_offered_to_be_written_on_the_list(booked):
    for person in (booked.head, booked.leader.user):
        page = client_of(person).get(days_of(booked)).content.decode()
        assert "The brief is not complete yet" in page
        assert step_url(booked, "edit-brief") in page


def test_public_page_is_told_to_search_engines_as_a_service(client: Client) -> None:
    make_health_check_page(make_home())
    page = BeautifulSoup(client.get("/health-check-days/").content, "html.parser")
    (data,) = [json.loads(script.string) for script in page.find_all("script", type="application/ld+json")]

    assert (data["@type"], data["name"], data["provider"]["@type"]) == ("Service", "Health check days", "Organization")

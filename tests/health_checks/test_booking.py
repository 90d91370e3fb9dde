"""From the request to the signed-off day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from alliance.actions.declare_interest import declare_interest
from alliance.actions.decline_school_role import decline_school_role
from alliance.actions.verify_school_role import verify_school_role
from cases.models import Turn
from diary.models import HalfDay
from finance.models import Invoice
from health_checks.actions.answer_about_support import answer_about_support
from health_checks.actions.ask_for_more_support import ask_for_more_support
from health_checks.actions.send_quote import send_quote
from health_checks.actions.take_quote_back import take_quote_back
from health_checks.enums import DayState, SeriesState
from health_checks.matching import candidates_for
from health_checks.policies import NotNow, NotReady
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.finance import make_rate
from tests.factories.health_checks import FIRST, Booking
from tests.factories.people import make_head

pytestmark = pytest.mark.django_db


def test_a_booking_walks_from_request_to_the_invoice():
    booking = Booking()

    booking.sign_off()

    day, series = booking.fresh().days.get(), booking.fresh()
    invoices = {(one.purpose, one.issuer_name): one.net for one in Invoice.objects.all()}
    assert (day.state, series.state, series.case.public_status) == (DayState.SIGNED_OFF, SeriesState.COMPLETED, "COMPLETED")
    assert day.record.text.school_comment == "  Thank you, this helps. "
    assert sorted(invoices.values()) == [Decimal("300.00"), Decimal("350.00")]
    assert [row.held_until for row in HalfDay.objects.all()] == [None, None]


def test_no_leader_is_held_for_somebody_who_is_not_verified_whoever_else_at_the_school_is():
    booking = Booking()
    booking.__dict__["head"] = make_head(booking.school, verified=False)
    make_head(booking.school)

    with pytest.raises(NotReady):
        booking.match()

    assert (booking.fresh().state, HalfDay.objects.count()) == (SeriesState.REQUESTED, 0)


def days_tab(booking: Booking, person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("portal:case_tab", args=[booking.series.case.reference, "days"])).content.decode()


def test_finding_leaders_is_offered_once_whoever_asked_is_verified_and_says_before_who_verifies(time_machine):
    time_machine.move_to(NOON)
    booking = Booking()
    booking.__dict__["head"] = make_head(booking.school, verified=False)
    colleague = make_head(booking.school)
    step, claims = "/do/find-leaders/", reverse("portal:claims")

    before, read_by_school = days_tab(booking, booking.lead), days_tab(booking, colleague)
    role = booking.head.school_roles.get()
    verify_school_role(role=role, by=booking.lead, at=NOON)
    after = days_tab(booking, booking.lead)

    assert (step in before, claims in before, "An S2S lead or broker rings the school" in before) == (False, True, True)
    assert (claims in read_by_school, "The alliance checks their role at the school first" in read_by_school) == (False, True)
    assert (step in after, claims in after) == (True, False)


def test_who_asked_without_any_role_that_waits_is_told_apart(time_machine):
    time_machine.move_to(NOON)
    booking = Booking()
    booking.__dict__["head"] = make_head(booking.school, verified=False)
    role = booking.series.requested_by.school_roles.get()
    decline_school_role(role=role, reason="Nobody knows them", by=booking.lead, at=NOON)

    shown = days_tab(booking, booking.lead)

    assert ("/do/find-leaders/" in shown, "none waits to be verified" in shown) == (False, True)


def test_a_leader_who_declared_an_interest_is_left_out_with_their_reason():
    booking = Booking()
    booking.match()
    declare_interest(leader=booking.leader, school=booking.school, reason="My sister teaches there.", by=booking.leader.user, at=NOON)

    (found,) = [one for one in candidates_for(booking.day, at=NOON) if one.leader == booking.leader]

    assert found.causes == ["Declared an interest in this school: My sister teaches there."]


def test_a_quote_is_not_sent_with_a_leader_who_declared_an_interest_since():
    booking = Booking()
    booking.hold()
    declare_interest(leader=booking.leader, school=booking.school, reason="I apply for a post there", by=booking.leader.user, at=NOON)

    with pytest.raises(NotReady, match="I apply for a post there"):
        send_quote(series=booking.fresh(), by=booking.lead, at=NOON)

    assert booking.fresh().state == SeriesState.MATCHING


def test_the_school_is_told_that_its_quote_was_taken_back():
    booking = Booking()
    booking.quote()

    take_quote_back(series=booking.fresh(), by=booking.lead, at=NOON, reason="A wrong date")

    told = OutboxMessage.objects.filter(details__sentence="The quote for your health check days was taken back. You get a new one.")
    assert [message.recipient for message in told] == [booking.head]


def test_a_price_stays_as_it_was_sent_whatever_the_rates_are_later():
    booking = Booking()
    booking.hold()
    make_rate(900, 450, 765, 382, designation="SLE", effective_from=NOON.date())

    send_quote(series=booking.fresh(), by=booking.lead, at=NOON)

    assert (booking.fresh().offered.total, booking.fresh().shown.total) == (Decimal("350.00"), Decimal("350.00"))


def test_a_wish_for_more_support_is_the_leads_turn_until_it_is_answered():
    booking = Booking()
    booking.sign_off()
    turn = Turn.objects.open().filter(case=booking.series.pk, key="more-support")

    ask_for_more_support(series=booking.fresh(), by=booking.head, at=NOON)
    waits = [one.sentence for one in turn]
    answer_about_support(series=booking.fresh(), answer="We begin a request together.", by=booking.lead, at=NOON)

    assert (waits, turn.all().exists()) == (["Get in touch about more support"], False)
    with pytest.raises(NotNow):
        answer_about_support(series=booking.fresh(), answer="Once more", by=booking.lead, at=NOON)


def test_a_leader_of_several_days_is_told_once_that_they_are_booked():
    booking = Booking(dates=[FIRST, FIRST + timedelta(days=1)])
    booking.book()

    told = OutboxMessage.objects.filter(recipient=booking.leader.user, kind="health_check_turn")
    assert [message.details["sentence"] for message in told] == [
        "Health check days that you conduct are booked. Agree the brief of each with the school."
    ]

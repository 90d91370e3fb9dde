"""Bookings in the admin: found, exported, and approved by the portal's own action (A5)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from alliance.roles import Role
from health_checks.enums import DayState, SeriesState
from health_checks.models import SefSection
from tests.factories.health_checks import Booking
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="alliance.backends.AllianceBackend")
    return client


def action(booking: Booking, name: str) -> str:
    return reverse(f"wagtailsnippets_health_checks_series:{name}", args=[booking.series.pk])


def test_a_booking_is_matched_and_approved_there():
    booking = Booking()
    broker = client_of(make_user(Role.BROKER))
    _series = booking.series
    broker.post(action(booking, "match"))
    matching = booking.fresh().state
    refused = broker.post(action(booking, "approve")).content.decode()
    booking.put_leaders_on()
    broker.post(action(booking, "approve"))

    series = booking.fresh()
    assert matching == SeriesState.MATCHING and "1 day has no leader yet." in refused
    assert (series.state, series.offered.total, series.days.get().state) == (SeriesState.QUOTED, 350, DayState.HELD)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.EDITOR, Role.REVIEWER])
def test_others_approve_nothing(role):
    booking = Booking()
    booking.hold()
    client_of(make_user(role)).post(action(booking, "approve"))

    assert booking.fresh().state == SeriesState.MATCHING


def test_a_booked_day_is_cancelled_there_with_its_fee_told_first():
    booking = Booking()
    booking.book()
    lead = client_of(booking.lead)
    address = reverse("wagtailsnippets_health_checks_day:cancel", args=[booking.day.pk])

    page = lead.get(address).content.decode()
    lead.post(address, {"caused_by": "ALLIANCE", "reason": "The leader is ill"})

    assert "it owes £" in page
    assert (booking.fresh().days.get().state, booking.fresh().days.get().fee_due) == (DayState.CANCELLED, 0)


def test_fields_are_not_edited_there():
    booking = Booking()
    booking.book()
    superuser = client_of(make_user(is_superuser=True, is_staff=True))
    before = booking.day.date

    superuser.post(reverse("wagtailsnippets_health_checks_day:edit", args=[booking.day.pk]), {"date": "2030-01-01", "state": "SIGNED_OFF"})

    assert (booking.day.date, booking.day.state) == (before, DayState.CONFIRMED)


def test_a_section_that_is_reworded_keeps_its_versions_and_changes_no_brief():
    booking = Booking()
    booking.book()
    section = SefSection.objects.get(key="quality-of-education")
    lead = client_of(booking.lead)
    address = reverse("wagtailsnippets_health_checks_sefsection:edit", args=[section.pk])

    lead.post(address, {"title": "Teaching", "key": section.key, "prompt": "", "order": "10", "is_in_use": "on"})

    section.refresh_from_db()
    assert (section.title, section.revisions.count() > 0) == ("Teaching", True)
    assert booking.day.briefs.first().statements[0]["title"] == "Quality of education"

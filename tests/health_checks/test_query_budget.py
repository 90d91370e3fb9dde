"""The pages of a booking cost the same queries for one day and for eight, and at most forty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking

pytestmark = pytest.mark.django_db
CASE_PAGE = 40


def queries_of(client, person, address: str) -> int:
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_the_pages_of_a_booking_keep_to_their_budget(client, time_machine):
    time_machine.move_to(NOON + timedelta(hours=5))
    counts = []
    for number in (1, 8):
        booking = Booking(dates=[FIRST + timedelta(days=7 * n) for n in range(number)], has_rates=not counts)
        booking.match()
        reference = booking.series.case.reference
        tab = reverse("portal:case_tab", args=[reference, "days"])
        matched = queries_of(client, booking.lead, tab)
        booking.hold_and_book()
        page = reverse("health_checks:day", args=[reference, booking.day.pk])
        people = (booking.lead, booking.head, booking.leader.user)
        counts.append([matched, *(queries_of(client, person, address) for person in people for address in (tab, page))])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= CASE_PAGE

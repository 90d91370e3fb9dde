"""A booking that came to nothing keeps its days and prices, and none of what the school wrote of itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions.withdraw_case import withdraw_case
from common.retention import delete_what_is_over
from health_checks.models import Brief, Series
from tests.conftest import NOON
from tests.factories.health_checks import Booking

pytestmark = pytest.mark.django_db
YEARS_LATER = NOON + timedelta(days=2000)


def test_a_booking_that_was_withdrawn_before_it_was_booked_names_nobody_and_says_nothing_of_the_school():
    cast = Booking()
    cast.quote()
    price = cast.fresh().shown.total
    withdraw_case(case=cast.fresh().case, reason="We found help", by=cast.head, at=NOON)

    delete_what_is_over(YEARS_LATER)

    series = cast.fresh()
    assert (series.case.contact_name, series.statements, series.area, series.shown.total) == ("Erased person", [], "Early reading", price)
    assert [row.statements for row in Series.history.filter(case=series.case)] == [[]] * series.history.count()
    assert {(brief.written_by_name, str(brief.statements)) for brief in Brief.objects.all()} == {("Erased person", "[]")}
    assert "Phonics" not in str([row.statements for row in Brief.history.all()])


def test_a_booking_whose_quote_was_accepted_is_kept_as_it_is():
    cast = Booking()
    cast.book()
    case = cast.fresh().case
    type(case).objects.filter(pk=case.pk).update(closed_at=NOON + timedelta(days=1), public_status="WITHDRAWN")

    delete_what_is_over(YEARS_LATER)

    assert (cast.fresh().case.contact_name, cast.fresh().statements != []) == ("Pat Head", True)

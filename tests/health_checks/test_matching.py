"""The reasons beside a leader are true."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from health_checks.actions.cancel_day import cancel_day
from health_checks.dates import DateAsked
from health_checks.enums import Cause
from health_checks.forms.booking import ClashesForm
from health_checks.matching import candidates_for
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking

pytestmark = pytest.mark.django_db
KNOWN = "Has worked with this school before."


def reasons_in_the_next_booking(first: Booking) -> list[str]:
    """What speaks for the leader of the first when its school asks again."""
    after = Booking(dates=[FIRST + timedelta(weeks=4)], has_rates=False)
    after.__dict__ |= {"school": first.school, "head": first.head, "lead": first.lead, "leader": first.leader}
    (found,) = [one for one in candidates_for(after.fresh().days.get(), at=NOON) if one.leader == first.leader]
    return found.reasons


def test_who_gave_a_day_has_worked_with_the_school():
    booking = Booking()
    booking.sign_off()

    assert KNOWN in reasons_in_the_next_booking(booking)


def test_a_day_that_was_cancelled_is_no_work_with_the_school():
    booking = Booking()
    booking.book()
    cancel_day(
        day=booking.day, caused_by=Cause.ALLIANCE, fee_shown=Decimal("0.00"), by=booking.lead, at=NOON + timedelta(hours=4), reason="x"
    )

    assert KNOWN not in reasons_in_the_next_booking(booking)


def test_dates_that_clash_are_named_in_the_readers_language():
    with translation.override("cy"):
        form = ClashesForm(clashes=[DateAsked(FIRST, "Closed", FIRST + timedelta(days=1))], school=None, user=None, one_by_one=False)
        field = form.fields[f"do-{FIRST.isoformat()}"]

        assert (field.label, "Dydd Iau 14" in str(field.choices)) == ("Dydd Mercher 13 Ionawr 2027", True)

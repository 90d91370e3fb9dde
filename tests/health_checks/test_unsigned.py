"""A head who never signs: reminded, and after a while the day is complete without a signature, and says so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance.working_days import add_working_days
from cases.turns import synchronise_turns
from common.actions import Actor
from finance.models import Invoice
from health_checks.actions.record_not_signed import record_not_signed
from health_checks.actions.remind_of_days import remind_of_days
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.enums import DayState, SeriesState
from health_checks.evidence_pack import pack_data
from health_checks.models import HealthCheckSettings, Record
from health_checks.policies import NotNow
from outbox.models import OutboxMessage
from tests.factories.health_checks import FIRST, Booking, at_day
from tests.health_checks.test_confidential import CANARY, client_of

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")


def after(working_days: int, hour: int = 9):
    return at_day(add_working_days(FIRST, working_days), hour)


@pytest.fixture
def delivered() -> Booking:
    booking = Booking()
    booking.deliver()
    return booking


def reminders(booking: Booking) -> int:
    sent = OutboxMessage.objects.filter(kind="health_check_reminder", recipient=booking.head)
    return len([one for one in sent if one.details["reminder"].startswith("sign")])


def test_the_head_is_reminded_after_the_set_days_and_once_each_time(delivered):
    counts = []
    for days in (4, 5, 6, 9, 10, 11, 30):
        remind_of_days(by=JOB, at=after(days))
        remind_of_days(by=JOB, at=after(days, 10))
        counts.append(reminders(delivered))

    assert counts == [0, 1, 1, 1, 2, 2, 2]


def test_the_days_of_reminding_are_settings(delivered):
    site = HealthCheckSettings.current()
    site.site_id = 1
    site.first_signing_reminder, site.second_signing_reminder = 1, 2
    site.save()

    remind_of_days(by=JOB, at=after(1))

    assert reminders(delivered) == 1


def test_the_settings_come_in_order(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthCheckSettings.objects.create(site_id=1, first_signing_reminder=9, second_signing_reminder=8)
    with pytest.raises(ValidationError):
        HealthCheckSettings(site_id=1, first_signing_reminder=9, second_signing_reminder=8).full_clean()


@pytest.mark.parametrize(("days", "asked"), [(19, False), (20, True)])
def test_staff_are_asked_once_the_time_to_sign_is_over(delivered, days, asked, time_machine):
    time_machine.move_to(after(days))
    case = delivered.fresh().case
    synchronise_turns(case, at=after(days))

    asks = case.turns.open().filter(side="ALLIANCE", sentence__contains="has not signed").exists()
    assert asks is asked


def test_a_day_that_the_school_does_not_sign_is_complete_and_invoiced_and_says_so(delivered):
    record_not_signed(day=delivered.day, by=delivered.lead, at=after(20), reason="The head left, and nobody answers")

    day = delivered.day
    record = day.record
    assert (day.state, delivered.fresh().state) == (DayState.NOT_SIGNED, SeriesState.COMPLETED)
    assert (record.school_signed_at, record.school_signed_by, record.not_signed_by) == (None, None, delivered.lead)
    assert sorted(one.net for one in Invoice.objects.all()) == [Decimal("300.00"), Decimal("350.00")]
    rows = pack_data(day)["signatures"]
    assert (rows[1][0], rows[1][1], rows[1][2]) == ("The school", "Not signed by the school", "–")
    assert "14 January" not in str(rows[1]) and delivered.head.get_full_name() not in str(rows)
    assert "The head left, and nobody answers" in pack_data(day)["not_signed"]


def test_the_page_of_an_unsigned_record_says_so_to_the_school_and_keeps_it_from_the_lead(delivered):
    record_not_signed(day=delivered.day, by=delivered.lead, at=after(20), reason="No answer")
    page = reverse("health_checks:day", args=[delivered.series.case.reference, delivered.day.pk])
    pack = reverse("health_checks:evidence_pack", args=[delivered.series.case.reference, delivered.day.pk])

    school, lead = client_of(delivered.head), client_of(delivered.lead)
    shown = school.get(page).content.decode()
    assert ("Not signed by the school" in shown, CANARY in shown, "for the school by" in shown) == (True, True, False)
    assert (school.get(pack).status_code, lead.get(pack).status_code) == (200, 404)
    assert CANARY not in lead.get(page).content.decode()


def test_the_head_may_still_sign_and_nothing_is_invoiced_twice(delivered):
    record_not_signed(day=delivered.day, by=delivered.lead, at=after(20), reason="No answer")
    sign_off_day(day=delivered.day, sha256=delivered.day.record.sha256, comment="Late, sorry", by=delivered.head, at=after(21))

    day = delivered.day
    assert (day.state, day.record.school_signed_by, Invoice.objects.count()) == (DayState.SIGNED_OFF, delivered.head, 2)
    assert pack_data(day)["signatures"][1][1] == delivered.head.get_full_name()


def test_not_before_its_time(delivered):
    with pytest.raises(NotNow):
        record_not_signed(day=delivered.day, by=delivered.lead, at=after(19), reason="No answer")

    assert delivered.day.state == DayState.DELIVERED


@pytest.mark.parametrize("who", ["head", "leader"])
def test_staff_alone_record_it(delivered, who):
    with pytest.raises(PermissionDenied):
        record_not_signed(day=delivered.day, by=delivered.head if who == "head" else delivered.leader.user, at=after(20), reason="x")


def test_it_needs_a_reason(delivered):
    with pytest.raises(ValidationError):
        record_not_signed(day=delivered.day, by=delivered.lead, at=after(20) + timedelta(hours=1), reason=" ")


def test_the_database_knows_of_no_record_left_unsigned_before_its_leader_signed(delivered):
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=delivered.day.pk).update(
            signed_at=None, signed_by=None, sha256="", not_signed_at=after(20), not_signed_by=delivered.lead, not_signed_reason="x"
        )

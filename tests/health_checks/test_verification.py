"""What a leader signed cannot change unseen: one changed byte is found, wherever it is."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories.health_checks import Booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking() -> Booking:
    booking = Booking()
    booking.sign_off()
    return booking


def verify() -> tuple[str, bool]:
    """What the command says, and whether it ends well."""
    out = StringIO()
    try:
        call_command("verify_records", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def tamper(sql: str, *values: object) -> None:
    """As somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


def test_untouched_records_are_in_order(booking):
    assert verify() == ("1 signed record is as its leader signed it.\n", True)


def test_a_record_that_nobody_signed_is_not_looked_at():
    booking = Booking()
    booking.start()
    booking.write()
    tamper("UPDATE health_checks_recordtext SET evidence = %s", "Changed")

    assert verify() == ("0 signed records are as their leaders signed them.\n", True)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE health_checks_recordtext SET evidence = %s",
        "UPDATE health_checks_recordtext SET next_steps = %s",
        "UPDATE health_checks_brief SET area = %s",
    ],
)
def test_a_change_after_signing_names_the_record(booking, sql):
    tamper(sql, "Books of four classes")

    said, well = verify()

    assert (said.startswith(f"Record {booking.day}: the text has the hash "), booking.day.record.sha256 in said, well) == (
        True,
        True,
        False,
    )


def test_what_is_written_is_not_said(booking):
    tamper("UPDATE health_checks_recordtext SET evidence = %s", "A secret")

    assert "A secret" not in verify()[0]


def test_a_hash_changed_with_its_text_is_found_by_the_history(booking):
    from health_checks.record_text import sha256_of

    tamper("UPDATE health_checks_recordtext SET evidence = %s", "Changed")
    tamper("UPDATE health_checks_record SET sha256 = %s", sha256_of(booking.day, booking.day.record.text))

    said, well = verify()

    assert ("the text has the hash" in said, "its history has another hash" in said, well) == (False, True, False)


def test_a_signature_that_is_taken_away_is_found(booking):
    tamper(
        "UPDATE health_checks_record SET sha256 = '', signed_at = NULL, signed_by_id = NULL, school_signed_at = NULL, school_signed_by_id = NULL"
    )

    assert verify() == (f"Record {booking.day}: its history has another hash.\n", False)

"""The outbox in the admin: its spreadsheets tell times as people there read them."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from outbox.models import OutboxMessage
from tests.factories.alliance import SuperuserFactory
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(client):
    """Export one message, sent in summer, as a kind of spreadsheet."""
    make_case()
    message = OutboxMessage.objects.get(kind="request_received")
    message.sent_at, message.last_error = datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "\x07=1+1"
    message.save()
    client.force_login(SuperuserFactory())

    def export(kind: str) -> bytes:
        response = client.get(reverse("wagtailsnippets_outbox_outboxmessage:list"), {"export": kind})
        return b"".join(response.streaming_content)

    return export


def test_csv_tells_local_time_and_no_formula(exported):
    [row] = csv.DictReader(StringIO(exported("csv").decode()))

    assert (row["Sent"], row["Last error"]) == ("2026-07-02 00:30:00", "'=1+1")


def test_xlsx_tells_local_time_and_no_formula(exported):
    heading, row = load_workbook(BytesIO(exported("xlsx"))).active.iter_rows(values_only=True)
    told = dict(zip(heading, row, strict=True))

    assert (told["Sent"], told["Last error"]) == (datetime(2026, 7, 2, 0, 30), "'=1+1")

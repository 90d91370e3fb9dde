import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from common.exports import csv_response, safe_cell, xlsx_response

HEADING = ["Name", "Days", "Since"]


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def xlsx_rows(response) -> list[tuple]:
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "＝"])
def test_safe_cell_disarms_formulas(start):
    assert safe_cell(f"{start}SUM(A1:A9)") == f"'{start}SUM(A1:A9)"


@pytest.mark.parametrize("unseen", ["\x00", "\x07", "\x1f", "\x7f", "\x85", "\ufeff", "\uffff", "\x07\x07"])
def test_safe_cell_takes_unseen_characters_out_before_it_looks_for_formulas(unseen):
    assert (safe_cell(f"{unseen}=1+1"), safe_cell(f"Otter{unseen}beck")) == ("'=1+1", "Otterbeck")


def test_safe_cell_tells_moments_in_local_time():
    summer, winter = datetime(2026, 7, 1, 23, 30, 15, 999, tzinfo=UTC), datetime(2026, 11, 18, 12, tzinfo=UTC)

    assert (safe_cell(summer), safe_cell(winter)) == (datetime(2026, 7, 2, 0, 30, 15), datetime(2026, 11, 18, 12))


@pytest.mark.parametrize("value", ["Otterbeck", "", None, -3, Decimal("-1.5"), date(2026, 11, 18), "3 - 4"])
def test_safe_cell_leaves_the_rest_alone(value):
    assert safe_cell(value) == value


def test_csv_response_is_safe_and_marked_as_utf_8():
    response = csv_response(
        filename="schools",
        heading=HEADING,
        rows=[["=1+1", -3, None], ["Ysgol Dŵr, Wharfe", 2, date(2026, 9, 1)], ["", 0, datetime(2026, 9, 1, 12, tzinfo=UTC)]],
    )

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(response) == [HEADING, ["'=1+1", "-3", ""], ["Ysgol Dŵr, Wharfe", "2", "2026-09-01"], ["", "0", "2026-09-01 13:00:00"]]
    assert (response["Content-Disposition"], response["Cache-Control"]) == ('attachment; filename="schools.csv"', "private, no-store")


def test_xlsx_response_keeps_text_as_text_and_numbers_as_numbers():
    rows = [["=1+1", -3, date(2026, 9, 1)], ["bell\x07", Decimal("1.5"), datetime(2026, 9, 1, 12, tzinfo=UTC)]]

    response = xlsx_response(filename="schools", heading=HEADING, rows=rows)

    assert xlsx_rows(response) == [
        tuple(HEADING),
        ("'=1+1", -3, datetime(2026, 9, 1)),
        ("bell", 1.5, datetime(2026, 9, 1, 13)),
    ]

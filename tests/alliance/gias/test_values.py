from datetime import date

import pytest

from alliance.gias.values import BadCell, code_of, date_of, metres_of, phase_of, status_of, text_of

NOTHING = ["", " ", "-", "Not applicable", "NOT APPLICABLE", " Does not apply "]


@pytest.mark.parametrize("cell", [*NOTHING, "0"])
def test_text_of_nothing_is_empty(cell):
    assert text_of(cell) == ""


@pytest.mark.parametrize("cell", [*NOTHING, "99", "999", "9999"])
def test_code_of_nothing_is_empty(cell):
    assert code_of(cell) == ""


def test_texts_and_codes_are_kept_as_written():
    assert (text_of(" St Hild’s School "), text_of("None"), code_of("001"), code_of("E06000100"), code_of("990")) == (
        "St Hild’s School",
        "None",
        "001",
        "E06000100",
        "990",
    )


@pytest.mark.parametrize("cell", ["03-04-2026", "03/04/2026", "2026-04-03", " 3/4/2026 "])
def test_date_of_takes_three_shapes(cell):
    assert date_of(cell) == date(2026, 4, 3)


@pytest.mark.parametrize("cell", [*NOTHING, "99"])
def test_date_of_nothing_is_none(cell):
    assert date_of(cell) is None


@pytest.mark.parametrize("cell", ["31-02-2026", "2026", "3 April 2026", "03-04-26-1", "x/y/z", "45000", "03-04-٢٠٢٦"])
def test_date_of_refuses(cell):
    with pytest.raises(BadCell, match="is no date"):
        date_of(cell)


@pytest.mark.parametrize(
    ("cell", "metres"), [("412300", 412300), (" 412300.4 ", 412300), ("0", None), ("", None), ("Not applicable", None)]
)
def test_metres_of(cell, metres):
    assert metres_of(cell) == metres


@pytest.mark.parametrize("cell", ["-5", "SE 123 456", "nan", "inf", "9" * 30, "²"])
def test_metres_of_refuses(cell):
    with pytest.raises(BadCell, match="no distance in metres"):
        metres_of(cell)


@pytest.mark.parametrize(
    ("cells", "phase"),
    [
        (("4", "Secondary"), "SECONDARY"),
        (("", "Middle deemed primary"), "MIDDLE_PRIMARY"),
        (("All-through",), "ALL_THROUGH"),
        (("7",), "ALL_THROUGH"),
        (("99", "Primary"), "PRIMARY"),
        (("0", "Not applicable"), "NOT_APPLICABLE"),
        (("", ""), "NOT_APPLICABLE"),
    ],
)
def test_phase_of(cells, phase):
    assert phase_of(*cells) == phase


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (("1", "Open"), "OPEN"),
        (("2", "Open"), "CLOSED"),  # the code counts
        (("Open, but proposed to close",), "PROPOSED_TO_CLOSE"),
        (("", "proposed to open"), "PROPOSED_TO_OPEN"),
        (("-", ""), "OPEN"),
    ],
)
def test_status_of(cells, status):
    assert status_of(*cells) == status


@pytest.mark.parametrize("read", [phase_of, status_of])
def test_phase_and_status_refuse_what_nobody_knows(read):
    with pytest.raises(BadCell, match="“Sleeping” is not known"):
        read("42", "Sleeping")

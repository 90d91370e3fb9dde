import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alliance.models import School, SchoolLink
from common.actions import Actor, acting

pytestmark = pytest.mark.django_db

FULL = {
    "URN": "990001",
    "LA (code)": "001",
    "LA (name)": "Wharfe Valley",
    "EstablishmentName": "Otterbeck Primary School",
    "TypeOfEstablishment (name)": "Academy converter",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1957",
    "CloseDate": "",
    "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary",
    "ReligiousCharacter (name)": "Does not apply",
    "Diocese (name)": "Not applicable",
    "Trusts (code)": "99101",
    "Trusts (name)": "Becksteps Learning Trust",
    "Street": "7 School Lane",
    "Locality": "-",
    "Town": "Otterbeck",
    "Postcode": "ZZ1 1AA",
    "SchoolWebsite": "https://otterbeck.example.org",
    "TelephoneNum": "01632 960100",
    "HeadTitle (name)": "Dr",
    "HeadFirstName": "CANARYFIRST",
    "HeadLastName": "CANARYLAST",
    "Easting": "409100",
    "Northing": "451300",
}
EXPECTED = {
    "urn": "990001",
    "name": "Otterbeck Primary School",
    "phase": "PRIMARY",
    "type_name": "Academy converter",
    "status": "OPEN",
    "local_authority_code": "001",
    "local_authority": "Wharfe Valley",
    "trust_code": "99101",
    "trust": "Becksteps Learning Trust",
    "diocese": "",
    "religious_character": "",
    "street": "7 School Lane",
    "locality": "",
    "town": "Otterbeck",
    "postcode": "ZZ1 1AA",
    "telephone": "01632 960100",
    "website": "https://otterbeck.example.org",
    "easting": 409100,
    "northing": 451300,
    "opened_on": date(1957, 9, 1),
    "closed_on": None,
}


@pytest.fixture
def extract(tmp_path):
    """Write rows, one a dictionary, as an extract; returns its path."""

    def write(*rows: dict[str, str], encoding: str = "utf-8", name: str = "extract.csv") -> Path:
        text = StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def run(capsys):
    """Run the command; returns its exit code, what it said and what it complained of."""

    def call(path: Path, *options: str) -> tuple[int, str, list[str]]:
        out, err = StringIO(), StringIO()
        try:
            call_command("import_gias", path, *options, stdout=out, stderr=err)
            code = 0
        except CommandError as error:
            code = error.returncode
            err.write(str(error))
        return code, out.getvalue().strip(), err.getvalue().splitlines()

    return call


def school(**columns: str) -> dict[str, str]:
    return {**FULL, **columns}


def counts() -> tuple[int, int]:
    return School.objects.count(), School.history.count()


def test_import_takes_every_field_and_no_head(extract, run):
    code, said, complaints = run(extract(FULL))

    assert School.objects.values().get() == EXPECTED
    assert (code, said) == (0, "Schools: 1 rows read: 1 new, 0 changed, 0 unchanged, 0 refused.")
    assert complaints == ["1 rows read"]
    assert "CANARY" not in str(list(School.history.values()))


def test_import_writes_history_in_its_own_name(extract, run):
    run(extract(FULL))

    row = School.history.get()
    assert (row.history_type, row.history_user, row.history_actor) == ("+", None, "job: import_gias")
    assert row.history_change_reason == "register of schools, extract.csv"
    assert {name: getattr(row, name) for name in EXPECTED} == EXPECTED


def test_import_the_second_time_writes_nothing(extract, run):
    path = extract(FULL, school(URN="990002"))
    run(path)

    code, said, _complaints = run(path)

    assert (code, said) == (0, "Schools: 2 rows read: 0 new, 0 changed, 2 unchanged, 0 refused.")
    assert counts() == (2, 2)


def test_import_changes_what_differs(extract, run):
    run(extract(FULL, school(URN="990002")))

    code, said, _complaints = run(extract(school(**{"EstablishmentStatus (code)": "2", "CloseDate": "31/08/2026"}), school(URN="990002")))

    assert (code, said) == (0, "Schools: 2 rows read: 0 new, 1 changed, 1 unchanged, 0 refused.")
    assert School.objects.values().get(urn="990001") == {**EXPECTED, "status": "CLOSED", "closed_on": date(2026, 8, 31)}
    newest = School.history.latest("history_id")
    assert (newest.history_type, newest.urn, newest.status, newest.name) == ("~", "990001", "CLOSED", "Otterbeck Primary School")
    assert counts() == (2, 3)


def test_import_deletes_no_school_that_the_file_leaves_out(extract, run):
    run(extract(FULL, school(URN="990002")))
    run(extract(FULL))

    assert counts() == (2, 2)


def test_import_matches_columns_by_name_in_any_case_and_order(extract, run):
    row = {
        "Extra": "x",
        " easting ": "409100",
        "la_name": "Wharfe Valley",
        "establishment name": "Otterbeck",
        "urn": "990001",
        "NORTHING": "451300",
    }

    run(extract(row))

    found = School.objects.get()
    assert (found.urn, found.name, found.local_authority, found.easting, found.northing) == (
        "990001",
        "Otterbeck",
        "Wharfe Valley",
        409100,
        451300,
    )


def test_import_leaves_alone_what_the_file_has_no_column_for(extract, run):
    run(extract(FULL))

    run(extract({"URN": "990001", "EstablishmentName": "Otterbeck Academy", "Easting": "1"}))

    assert School.objects.values().get() == {**EXPECTED, "name": "Otterbeck Academy"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_import_reads_encodings(extract, run, encoding):
    run(extract(school(EstablishmentName="St Hild’s École"), encoding=encoding))

    assert School.objects.get().name == "St Hild’s École"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"URN": "99000"}, "The URN “99000” has not six digits."),
        ({"URN": "ABCDEF"}, "The URN “ABCDEF” has not six digits."),
        ({"EstablishmentName": " "}, "The school has no name."),
        ({"EstablishmentName": "x" * 201}, "EstablishmentName has 201 characters; 200 fit."),
        ({"OpenDate": "1957"}, "OpenDate: “1957” is no date (dd/mm/yyyy, dd-mm-yyyy or yyyy-mm-dd)."),
        ({"Easting": "SE12"}, "Easting: “SE12” is no distance in metres."),
        ({"Northing": ""}, "Easting and northing go together, but one is missing."),
        (
            {"PhaseOfEducation (code)": "42", "PhaseOfEducation (name)": "Kindergarten"},
            "PhaseOfEducation (name): “Kindergarten” is not known.",
        ),
        ({"URN": "990001"}, "The URN 990001 stands on line 2 already."),
    ],
)
def test_import_names_the_line_of_a_bad_row_and_takes_the_rest(extract, run, wrong, why):
    path = extract(FULL, school(**{"URN": "990002", **wrong}), school(URN="990003"))

    code, said, complaints = run(path)

    assert (code, said) == (2, "Schools: 3 rows read: 2 new, 0 changed, 0 unchanged, 1 refused.")
    assert complaints == ["3 rows read", f"line 3: {why}", "Some rows were refused."]
    assert list(School.objects.order_by("urn").values_list("urn", flat=True)) == ["990001", "990003"]


def test_import_counts_the_lines_of_the_file_and_not_its_rows(extract, run):
    path = extract(school(Street="7 School Lane\nOtterbeck\nWharfe Valley"), school(URN="bad"))

    _code, _said, complaints = run(path)

    assert complaints[1] == "line 5: The URN “bad” has not six digits."


def test_import_refuses_rows_of_another_width_and_takes_the_rest(tmp_path, run):
    path = tmp_path / "extract.csv"
    path.write_text('URN,EstablishmentName\n990001,A\n990002\n990003,B,C\n990004,"D\n990005,E\n990006,F,,\n')

    code, _said, complaints = run(path)

    assert code == 2
    assert complaints[1:-1] == [
        "line 3: The row has 1 cells, the heading 2.",
        "line 4: The row has 3 cells, the heading 2.",
        "line 5: The row has 1 cells, the heading 2. It runs over 3 lines: is a quotation mark not closed?",
    ]
    assert sorted(School.objects.values_list("urn", flat=True)) == ["990001", "990005", "990006"]


def test_import_fails_when_every_row_is_refused(extract, run):
    code, _said, complaints = run(extract(school(URN="1"), school(URN="2")))

    assert (code, complaints[-1], counts()) == (1, "Every row was refused.", (0, 0))


def test_import_shows_the_first_two_hundred_refusals(tmp_path, run):
    path = tmp_path / "extract.csv"
    path.write_text("URN,EstablishmentName\n990001,A\n" + "".join(f"{n},B\n" for n in range(250)))

    code, _said, complaints = run(path)

    assert (code, len(complaints), complaints[-2]) == (2, 203, "… and 50 more")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Name,Town\nA,B\n", "extract.csv: The first line lacks URN, EstablishmentName."),
        (b"URN,Town\n990001,B\n", "extract.csv: The first line lacks EstablishmentName."),
        ("URN,EstablishmentName\n".encode("utf-16"), "extract.csv: This is UTF-16 and not a CSV file."),
        (b"\x89PNG\r\n\x1a\n\x00", "extract.csv: The file holds bytes that are no text"),
    ],
)
def test_import_fails_plainly_on_files_of_no_use(tmp_path, run, content, why):
    path = tmp_path / "extract.csv"
    path.write_bytes(content)

    code, said, complaints = run(path)

    assert (code, said, counts()) == (1, "", (0, 0))
    assert complaints[0].startswith(why)


def test_import_dry_run_says_the_same_and_writes_nothing(extract, run):
    run(extract(FULL))
    path = extract(school(Town="Hollinfold"), school(URN="990002"), school(URN="x"))

    code, said, complaints = run(path, "--dry-run")

    assert (code, counts()) == (2, (1, 1))
    assert said == "Dry run, nothing was written. Schools: 3 rows read: 1 new, 1 changed, 0 unchanged, 1 refused."
    assert complaints[1].startswith("line 4:")


def test_import_works_through_more_than_one_batch(extract, run, monkeypatch):
    monkeypatch.setattr("alliance.gias.importing.BATCH", 3)
    path = extract(*(school(URN=f"{990000 + n}") for n in range(1, 9)))

    first, second = run(path), run(path)

    assert first[2] == ["3 rows read", "6 rows read", "8 rows read"]
    assert (second[1], counts()) == ("Schools: 8 rows read: 0 new, 0 changed, 8 unchanged, 0 refused.", (8, 8))


def link(urn: str, other: str, kind: str, since: str = "01-09-2023") -> dict[str, str]:
    return {"URN": urn, "LinkURN": other, "LinkName": "CANARY", "LinkType": kind, "LinkEstablishedDate": since}


@pytest.fixture
def four_schools() -> None:
    with acting(by=Actor.job("test")):
        for n in range(1, 5):
            School.objects.create(urn=f"99000{n}", name=f"School {n}")


def links() -> list[tuple]:
    return list(SchoolLink.objects.order_by("predecessor_id", "successor_id").values_list("predecessor_id", "successor_id", "linked_on"))


def test_import_links_makes_one_of_the_two_sides(extract, run, four_schools):
    path = extract(link("990002", "990001", "Predecessor"), link("990001", "990002", "Successor", ""))

    code, said, _complaints = run(path)

    assert (code, links()) == (0, [("990001", "990002", date(2023, 9, 1))])
    assert said == "Links: 2 rows read: 1 new, 0 changed, 0 unchanged, 0 skipped (no succession, or a school that is not here), 0 refused."
    row = SchoolLink.history.get()
    assert (row.history_actor, row.history_change_reason) == ("job: import_gias", "register of schools, extract.csv")


def test_import_links_knows_the_kinds_and_leaves_out_the_others(extract, run, four_schools):
    rows = [
        link("990002", "990001", "Predecessor - amalgamated"),
        link("990003", "990004", "Successor - merged"),
        link("990001", "990003", "Sixth Form Centre Link"),
        link("990001", "999999", "Successor"),
    ]

    code, said, _complaints = run(extract(*rows))

    assert (code, [pair[:2] for pair in links()]) == (0, [("990001", "990002"), ("990003", "990004")])
    assert "2 new, 0 changed, 0 unchanged, 2 skipped" in said


def test_import_links_the_second_time_writes_nothing(extract, run, four_schools):
    path = extract(link("990002", "990001", "Predecessor", "01-09-2023"), link("990001", "990002", "Successor", "02-09-2023"))
    run(path)

    _code, said, _complaints = run(path)

    assert "0 new, 0 changed, 1 unchanged" in said
    assert SchoolLink.history.count() == 1


def test_import_links_corrects_a_date(extract, run, four_schools):
    run(extract(link("990002", "990001", "Predecessor"), link("990004", "990003", "Predecessor")))

    run(extract(link("990002", "990001", "Predecessor", "2024-01-01"), link("990004", "990003", "Predecessor")))

    assert [pair[2] for pair in links()] == [date(2024, 1, 1), date(2023, 9, 1)]
    assert list(SchoolLink.history.order_by("history_id").values_list("history_type", flat=True)) == ["+", "+", "~"]


def test_import_links_names_the_line_of_a_bad_row(extract, run, four_schools):
    rows = [link("990002", "x", "Successor"), link("990001", "990001", "Successor"), link("990001", "990002", "Successor", "soon")]

    code, _said, complaints = run(extract(*rows, link("990001", "990002", "Successor")))

    assert code == 2
    assert complaints[1:4] == [
        "line 2: The URN “x” has not six digits.",
        "line 3: A school does not take its own place.",
        "line 4: LinkEstablishedDate: “soon” is no date (dd/mm/yyyy, dd-mm-yyyy or yyyy-mm-dd).",
    ]
    assert len(links()) == 1


def test_import_links_may_be_asked_for(extract, run):
    _code, _said, complaints = run(extract(FULL), "--links")

    assert complaints[0].startswith("extract.csv: The first line lacks LinkURN, LinkType.")

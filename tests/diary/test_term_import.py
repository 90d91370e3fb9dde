"""`import_term_dates`: terms and closures from a CSV file; bad rows are told by their line, the rest goes in."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from diary.models import Closure, TermDate
from tests.factories.diary import make_closure
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db
HEADING = "LA (code),Kind,Name,First day,Last day"
ROWS = [
    "991,term,Autumn term,02/09/2026,18-12-2026",
    "991,term,Spring term,2027-01-04,2027-03-25",
    "991,closure,Half term,26/10/2026,30/10/2026",
    "992,Closure,Training day,04/01/2027,",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, rows: list[str], *, heading: str = HEADING, encoding: str = "utf-8") -> Path:
    path = folder / "terms.csv"
    path.write_bytes("\r\n".join([heading, *rows]).encode(encoding))
    return path


def run(path: Path, **options: bool) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_term_dates", path, stdout=out, stderr=err, **options)
    except CommandError as error:
        return error.returncode, out.getvalue().strip(), err.getvalue() + str(error)
    return 0, out.getvalue().strip(), err.getvalue()


def stored() -> list[tuple[str, str, date, date]]:
    terms = TermDate.objects.values_list("local_authority_code", "name", "first_day", "last_day")
    closures = Closure.objects.values_list("local_authority_code", "name", "first_day", "last_day")
    return [*terms, *closures]


ALL = [
    ("991", "Autumn term", date(2026, 9, 2), date(2026, 12, 18)),
    ("991", "Spring term", date(2027, 1, 4), date(2027, 3, 25)),
    ("991", "Half term", date(2026, 10, 26), date(2026, 10, 30)),
    ("992", "Training day", date(2027, 1, 4), date(2027, 1, 4)),
]


def test_terms_and_closures_come_in_with_dates_in_every_usual_form(folder):
    assert run(written(folder, ROWS)) == (0, "4 rows read: 4 new, 0 changed, 0 unchanged, 0 refused.", "")

    assert stored() == ALL
    assert set(TermDate.objects.values_list("academic_year", flat=True)) == {2026}


def test_running_twice_changes_nothing_and_writes_no_history(folder):
    path = written(folder, ROWS)
    run(path)
    before = (stored(), TermDate.history.count(), Closure.history.count())

    assert run(path) == (0, "4 rows read: 0 new, 0 changed, 4 unchanged, 0 refused.", "")

    assert (stored(), TermDate.history.count(), Closure.history.count()) == before


def test_a_dry_run_says_what_would_change_and_writes_nothing(folder):
    assert (
        run(written(folder, ROWS), dry_run=True)[1]
        == "Dry run, nothing was written. 4 rows read: 4 new, 0 changed, 0 unchanged, 0 refused."
    )

    assert stored() == []


def test_a_changed_row_is_changed_and_its_history_names_the_file(folder):
    run(written(folder, ROWS))
    changed = ["991,term,Autumn term,03/09/2026,18/12/2026", "991,closure,Autumn half term,26/10/2026,30/10/2026"]

    assert run(written(folder, changed))[:2] == (0, "2 rows read: 0 new, 2 changed, 0 unchanged, 0 refused.")

    term, closure = TermDate.objects.get(name="Autumn term"), Closure.objects.get(local_authority_code="991")
    assert (term.first_day, closure.name, len(stored())) == (date(2026, 9, 3), "Autumn half term", 4)
    last = term.history.first()
    assert (last.history_type, last.history_actor, last.history_change_reason) == (
        "~", "job: import_term_dates", "terms and closures, terms.csv",
    )  # fmt: skip


def test_bad_rows_are_told_by_line_and_the_rest_goes_in(folder):
    rows = [
        "991,term,Autumn term,soon,18/12/2026",
        "991,holiday,Easter,26/03/2027,09/04/2027",
        "991,term,Spring term,04/01/2027,",
        ",closure,Half term,26/10/2026,30/10/2026",
        "991,term,Summer term,21/07/2027,12/04/2027",
        f"991,closure,{'x' * 61},27/10/2026,30/10/2026",
        "991,closure",
        *ROWS[2:],
    ]

    code, out, err = run(written(folder, rows))

    assert (code, out) == (2, "9 rows read: 2 new, 0 changed, 0 unchanged, 7 refused.")
    assert err.splitlines() == [
        "line 2: “soon” is no date (dd/mm/yyyy, dd-mm-yyyy or yyyy-mm-dd).",
        "line 3: “holiday” is neither “term” nor “closure”.",
        "line 4: The row lacks: Last day.",
        "line 5: The row lacks: LA (code).",
        "line 6: The last day is not before the first.",
        "line 7: Ensure this value has at most 60 characters (it has 61).",
        "line 8: The row has 2 cells, the heading 5.",
        "Some rows were refused.",
    ]
    assert stored() == ALL[2:]


def test_one_term_named_twice_is_refused_the_second_time(folder):
    rows = [ROWS[0], "991,term,Autumn term,03/09/2026,17/12/2026", *ROWS[2:3], "991,closure,Autumn break,26/10/2026,31/10/2026"]

    for outcome in ("2 new, 0 changed, 0 unchanged", "0 new, 0 changed, 2 unchanged"):
        code, out, err = run(written(folder, rows))
        assert (code, out) == (2, f"4 rows read: {outcome}, 2 refused.")

    assert err.splitlines()[:2] == ["line 3: Autumn term stands on line 2 already.", "line 5: Autumn break stands on line 4 already."]


def test_columns_are_found_by_name_in_any_order_and_others_are_passed_over(folder):
    heading = "last_day,FIRST DAY,Region,name,kind,la_code"

    assert run(written(folder, ["18/12/2026,02/09/2026,North,Autumn term,Term,0991"], heading=heading))[0] == 0

    assert stored() == [("0991", "Autumn term", date(2026, 9, 2), date(2026, 12, 18))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_usual_encoding_is_read(folder, encoding):
    run(written(folder, ["991,closure,Bonfire Night’s break,05/11/2026,06/11/2026"], encoding=encoding))

    assert Closure.objects.get().name == "Bonfire Night’s break"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "The file is empty."),
        (b"LA (code),Name\n991,Autumn term\n", "The first line lacks Kind, First day, Last day. It should name the columns, but begins: LA (code), Name"),
        (b"PK\x03\x04", "This is Excel and not a CSV file. Save it as CSV in UTF-8."),
    ],
)  # fmt: skip
def test_a_file_of_no_use_is_refused_whole(folder, content, complaint):
    path = folder / "terms.csv"
    path.write_bytes(content)

    assert run(path) == (1, "", f"terms.csv: {complaint}")


def test_a_file_of_bad_rows_alone_ends_with_one(folder):
    assert run(written(folder, ["991,holiday,Easter,26/03/2027,09/04/2027"]))[0] == 1


def test_nothing_is_deleted_and_a_schools_own_closure_stays(folder):
    school = make_school(local_authority_code="991")
    make_closure(school=school)

    run(written(folder, ROWS))
    run(written(folder, ROWS[:1]))

    assert (len(stored()), Closure.objects.filter(school=school).count()) == (5, 1)

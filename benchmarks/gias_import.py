"""
Importing 50,000 generated schools, beside a control in the same run: plain csv parsing and one bulk insert.

    DATABASE_URL=… python benchmarks/gias_import.py

Uses a database of its own (a temporary SQLite file, or `<name>_bench` on PostgreSQL), which it makes and removes.
Prints the ratio (promised: at most 4), the importer's peak memory (at most 300 MB) and what a second run writes (nothing).
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from scratch import prepare, scratch_database

ROWS = 50_000
ROUNDS = 3
MOST_RATIO = 4.0
MOST_MEGABYTES = 300
# The columns of a full extract that the importer does not read; it has to get past them.
OTHER_COLUMNS = [f"Other column {n}" for n in range(1, 116)]
COLUMNS = [
    "URN", "LA (code)", "LA (name)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (code)",
    "EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "ReligiousCharacter (name)", "Diocese (name)", "Trusts (code)", "Trusts (name)", "Street", "Locality", "Town", "Postcode",
    "SchoolWebsite", "TelephoneNum", "Easting", "Northing",
]  # fmt: skip
FIELDS = {
    "urn": "URN", "name": "EstablishmentName", "type_name": "TypeOfEstablishment (name)", "local_authority_code": "LA (code)",
    "local_authority": "LA (name)", "trust_code": "Trusts (code)", "trust": "Trusts (name)", "diocese": "Diocese (name)",
    "religious_character": "ReligiousCharacter (name)", "street": "Street", "locality": "Locality", "town": "Town",
    "postcode": "Postcode", "website": "SchoolWebsite", "telephone": "TelephoneNum", "easting": "Easting", "northing": "Northing",
}  # fmt: skip
"""What the control inserts: the same fields, less those that need reading first."""


class Run(NamedTuple):
    seconds: float
    megabytes: float
    schools: int
    history: int


def generated_row(n: int) -> list[str]:
    """An invented school, of the register's shape and about its size."""
    phase = ("2", "Primary") if n % 4 else ("4", "Secondary")
    return [
        f"{900_000 + n}", f"{800 + n % 90}", f"Authority {n % 90}", f"Invented School {n}", "Community school", "1", "Open",
        f"{n % 28 + 1:02}/09/{1950 + n % 70}", "", *phase, "Does not apply", "Not applicable", "", "",
        f"{n % 300} Long Road", "", f"Town {n % 900}", f"XX{n % 90 + 1} {n % 9}XX", f"https://school-{n}.example.org", "01632960000",
        f"{400_000 + n % 100_000}", f"{400_000 + n % 90_000}", *["Not applicable" if c % 3 else "" for c in range(len(OTHER_COLUMNS))],
    ]  # fmt: skip


def write_extract(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([*COLUMNS, *OTHER_COLUMNS])
        writer.writerows(generated_row(n) for n in range(ROWS))


def plain_insert(path: Path) -> None:
    """The control: every row parsed, the same fields inserted, no check, no history."""
    from alliance.models import School

    with path.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        heading = next(rows)
        places = {field: heading.index(column) for field, column in FIELDS.items()}
        schools: Iterator[School] = (School(**{field: row[place] for field, place in places.items()}) for row in rows)
        School.objects.bulk_create(schools, batch_size=1000)


def measure(what: str, path: Path) -> None:
    """Runs in a process of its own: its peak memory is the run's."""
    prepare()
    from django.core.management import call_command

    from alliance.models import School

    before = time.perf_counter()
    if what == "control":
        plain_insert(path)
    else:
        call_command("import_gias", path, verbosity=0)
    seconds = time.perf_counter() - before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.2f} {megabytes:.0f} {School.objects.count()} {School.history.count()}")


def in_own_process(what: str, path: Path) -> Run:
    done = subprocess.run([sys.executable, __file__, what, str(path)], check=True, capture_output=True, text=True)
    seconds, megabytes, schools, history = done.stdout.split()[-4:]
    return Run(float(seconds), float(megabytes), int(schools), int(history))


def empty_the_tables() -> None:
    from alliance.models import School

    School.history.all().delete()
    School.objects.all()._raw_delete("default")


def compare(path: Path) -> bool:
    """Interleaved runs: control, importer, again and again; at last the importer a second time on what it wrote."""
    controls, imports = [], []
    for _round in range(ROUNDS):
        empty_the_tables()
        controls.append(in_own_process("control", path))
        empty_the_tables()
        imports.append(in_own_process("import", path))
    again = in_own_process("import", path)
    control, ours = median(run.seconds for run in controls), median(run.seconds for run in imports)
    megabytes = max(run.megabytes for run in (*imports, again))
    written = (again.schools - ROWS, again.history - ROWS)
    print(f"control {control:.2f} s, import {ours:.2f} s: ratio {ours / control:.2f} (at most {MOST_RATIO})")
    print(f"peak memory {megabytes:.0f} MB (at most {MOST_MEGABYTES}), control {max(run.megabytes for run in controls):.0f} MB")
    print(f"second run {again.seconds:.2f} s, wrote {written[0]} schools and {written[1]} history rows (none)")
    return ours / control <= MOST_RATIO and megabytes <= MOST_MEGABYTES and written == (0, 0)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, scratch_database(folder) as address:
        os.environ |= {"DATABASE_URL": address, "DATA_DIR": folder}
        prepare()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "alliance", verbosity=0)
        path = Path(folder) / "extract.csv"
        write_extract(path)
        columns, megabytes = len(COLUMNS) + len(OTHER_COLUMNS), path.stat().st_size / 1e6
        print(f"{connection.vendor}, {ROWS:,} schools, {columns} columns, {megabytes:.0f} MB, {ROUNDS} rounds")
        kept = compare(path)
        connection.close()
    return 0 if kept else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())

"""
Real free dates for a school: 200 leaders over two terms, beside 20 leaders in the same run.

    DATABASE_URL=… python benchmarks/free_dates.py

Uses a database of its own (a temporary SQLite file, or `<name>_bench` on PostgreSQL), which it makes and removes. One search is
what a page asks: when the school is open, who the leaders are, and on which days which of them have the whole day free.
Promised: at most 8 queries for either, and at most 13 times the time for 10 times the leaders.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from scratch import prepare, scratch_database

FEW, MANY = 20, 200
TAKEN_OF_EACH = 40
"""Half days that every leader has taken in the two terms."""
ROUNDS, SEARCHES = 9, 5
MOST_QUERIES, MOST_RATIO = 8, 13.0
FIRST, LAST = date(2026, 9, 1), date(2027, 4, 1)
AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
CODE = "991"


def make_rows() -> Any:
    """The leaders, each with a year and taken half days, the terms of one authority, and a school there."""
    from alliance.models import School, SystemLeader, User
    from diary.enums import Half, SourceKind
    from diary.models import Closure, HalfDay, LeaderYear, TermDate

    school = School.objects.create(urn="990001", name="Invented School", local_authority_code=CODE)
    for name, first, last in (("Autumn term", date(2026, 9, 2), date(2026, 12, 18)), ("Spring term", date(2027, 1, 4), date(2027, 3, 25))):
        TermDate.objects.create(local_authority_code=CODE, academic_year=2026, name=name, first_day=first, last_day=last)
    Closure.objects.create(local_authority_code=CODE, name="Half term", first_day=date(2026, 10, 26), last_day=date(2026, 10, 30))
    users = User.objects.bulk_create(User(email=f"leader{n}@example.org", last_name=f"Leader{n:03}") for n in range(MANY))
    leaders = SystemLeader.objects.bulk_create(SystemLeader(user=user, supporting_school=school) for user in users)
    LeaderYear.objects.bulk_create(LeaderYear(leader=one, academic_year=2026, allowance=60, taken=TAKEN_OF_EACH) for one in leaders)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    HalfDay.objects.bulk_create(
        HalfDay(leader=one, date=days[(7 * n + number) % len(days)], half=half, source_kind=SourceKind.VISIT, source_reference=f"V-{n}")
        for number, one in enumerate(leaders)
        for n in range(TAKEN_OF_EACH // 2)
        for half in Half
    )
    return school


def search(school: Any, number: int) -> dict[date, list[int]]:
    """On which days which of the first so many leaders are free all day."""
    from alliance.models import SystemLeader
    from diary.enums import Half
    from diary.free_dates import days_with_free_leaders
    from diary.terms import closed_because

    closed = closed_because(school, [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)])
    leaders = SystemLeader.objects.order_by("pk")[:number]
    return days_with_free_leaders(leaders, FIRST, LAST, halves=list(Half), at=AT, closed=closed)


def queries_of(school: Any, number: int) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        found = search(school, number)
    assert found, "Nobody is free, so nothing was measured."
    return len(captured)


def milliseconds(school: Any, number: int) -> float:
    before = time.perf_counter()
    for _search in range(SEARCHES):
        search(school, number)
    return (time.perf_counter() - before) / SEARCHES * 1000


def compare(school: Any) -> bool:
    """Interleaved: few, many, again and again; the medians are compared."""
    queries = {number: queries_of(school, number) for number in (FEW, MANY)}
    rounds = [(milliseconds(school, FEW), milliseconds(school, MANY)) for _round in range(ROUNDS)]
    few, many = (median(times) for times in zip(*rounds, strict=True))
    print(f"queries: {queries[FEW]} for {FEW} leaders, {queries[MANY]} for {MANY} (at most {MOST_QUERIES})")
    print(f"{FEW} leaders {few:.1f} ms, {MANY} leaders {many:.1f} ms: ratio {many / few:.1f} (at most {MOST_RATIO:.0f})")
    return max(queries.values()) <= MOST_QUERIES and many / few <= MOST_RATIO


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, scratch_database(folder) as address:
        os.environ |= {"DATABASE_URL": address, "DATA_DIR": folder}
        prepare()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "diary", verbosity=0)
        school = make_rows()
        print(f"{connection.vendor}, {(LAST - FIRST).days + 1} days, {MANY * TAKEN_OF_EACH:,} half days taken, {ROUNDS} rounds")
        kept = compare(school)
        connection.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

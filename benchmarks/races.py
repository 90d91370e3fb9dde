"""
200 sessions fight for one half day of a leader, and for the last day of an allowance, over and over; a control without the constraint.

Run on SQLite (a temporary file) and, with DATABASE_URL, on PostgreSQL. Exits with 1 when a promise is broken.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
SESSIONS, AT_ONCE, ROUNDS = 200, 32, 20
WORST_WAIT = 3.0
DAY = date(2027, 1, 13)


def set_up() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="s2s-races-"))
    os.environ.setdefault("S2S_ENVIRONMENT", "demo")
    os.environ["S2S_IGNORE_DOTENV"] = "1"
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def fight(run: Callable[[int], str]) -> tuple[Counter[str], float]:
    """All sessions, as many at once as there are connections; what each came to, and the longest that one waited, in seconds."""
    from django.db import connection

    start, waits, local = threading.Barrier(AT_ONCE), [], threading.local()

    def one(number: int) -> str:
        if not getattr(local, "is_ready", False):
            local.is_ready = True
            start.wait(timeout=60)
        before = time.perf_counter()
        try:
            return run(number)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
            return f"{type(error).__name__}: {error}"[:90] if type(error).__name__ not in ("HalfTaken", "AllowanceUsedUp") else "refused"
        finally:
            waits.append(time.perf_counter() - before)
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(one, range(SESSIONS))), max(waits)


def main() -> int:
    set_up()
    from django.core.management import call_command
    from django.db import connection, models

    from alliance.models import School, SystemLeader, User
    from common.actions import Actor
    from diary.actions.take_halves import take_halves
    from diary.enums import Half, SourceKind
    from diary.models import HalfDay, LeaderYear

    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_races"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        connection.settings_dict["NAME"] = name
        from django.conf import settings

        settings.DATABASES["default"]["NAME"] = name
    call_command("migrate", verbosity=0)
    at = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("UTC"))
    school = School.objects.create(urn="990001", name="Invented School")
    leader = SystemLeader.objects.create(user=User.objects.create_user("leader@example.org"), supporting_school=school)
    by = Actor("Broker")

    class Unconstrained(models.Model):
        date = models.DateField()
        half = models.CharField(max_length=2)

        class Meta:
            app_label = "diary"
            db_table = "races_unconstrained"

        def __str__(self) -> str:
            return f"{self.date} {self.half}"

    with connection.schema_editor() as editor:
        editor.create_model(Unconstrained)

    def take_half(number: int) -> str:
        kind = SourceKind.VISIT if number % 2 else SourceKind.HEALTH_CHECK
        take_halves(leader=leader, halves=[(DAY, Half.AM)], kind=kind, reference=f"R-{number}", by=by, at=at)
        return "taken"

    def take_last(number: int) -> str:
        day = DAY + timedelta(days=number)
        take_halves(
            leader=leader, halves=[(day, half) for half in Half], kind=SourceKind.HEALTH_CHECK, reference=f"R-{number}", by=by, at=at
        )
        return "taken"

    def check_then_insert(number: int) -> str:
        if Unconstrained.objects.filter(date=DAY, half="AM").exists():
            return "refused"
        Unconstrained.objects.create(date=DAY, half="AM")
        return "taken"

    def fresh(allowance: int) -> None:
        HalfDay.objects.all().delete()
        LeaderYear.objects.all().delete()
        Unconstrained.objects.all().delete()
        for year in (2026, 2027):
            LeaderYear.objects.create(leader=leader, academic_year=year, allowance=allowance if year == 2026 else 0)

    broken = False
    print(f"{connection.vendor}: {SESSIONS} sessions, {AT_ONCE} at once, {ROUNDS} rounds")
    for what, run, allowance in (("one half day, visits and health checks", take_half, 30), ("the last day of an allowance", take_last, 2)):
        total, worst = Counter[str](), 0.0
        for _round in range(ROUNDS):
            fresh(allowance)
            outcome, wait = fight(run)
            total += outcome
            worst = max(worst, wait)
            broken |= outcome["taken"] != 1
        wrong = {key: number for key, number in total.items() if key not in ("taken", "refused")}
        broken |= bool(wrong) or worst >= WORST_WAIT
        print(
            f"  {what}: {total['taken']} taken in {ROUNDS} rounds, {total['refused']} refused, "
            f"errors {wrong or 'none'}, worst wait {worst:.2f} s"
        )
    overbooked = 0
    for _round in range(ROUNDS):
        fresh(30)
        fight(check_then_insert)
        overbooked += Unconstrained.objects.count() > 1
    print(f"  control, a look beforehand and no constraint: booked twice in {overbooked} of {ROUNDS} rounds")
    print("A promise is broken" if broken else "As promised")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())

"""
Eight worker processes start at once on a fresh SQLite file and book at once: none meets "database is locked", none waits for 3 seconds.

The control in the same run lets transactions begin deferred, as SQLite does by itself. Exits with 1 when a promise is broken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSES, BOOKINGS = 8, 25
WORST_WAIT = 3.0
FIRST = date(2027, 1, 4)
AT = datetime(2026, 11, 18, 12, tzinfo=UTC)


def set_up() -> None:
    os.environ.setdefault("S2S_ENVIRONMENT", "demo")
    os.environ["S2S_IGNORE_DOTENV"] = "1"
    os.environ.pop("DATABASE_URL", None)
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def work(number: int, mode: str) -> None:
    """One worker: says that it is ready, waits for the word, then takes a half day of its leader again and again over a new connection."""
    set_up()
    from django.db import connection, transaction

    from alliance.models import SystemLeader
    from common.actions import Actor
    from diary.actions.take_halves import take_halves
    from diary.enums import Half, SourceKind

    connection.settings_dict["OPTIONS"]["transaction_mode"] = mode
    print("ready", flush=True)
    sys.stdin.readline()
    waits, errors = [], Counter[str]()
    for n in range(BOOKINGS):
        before = time.perf_counter()
        try:
            with transaction.atomic():
                leader = SystemLeader.objects.order_by("pk")[number]
                day = FIRST + timedelta(days=n)
                kind = SourceKind.HEALTH_CHECK
                take_halves(leader=leader, halves=[(day, Half.AM)], kind=kind, reference=f"R-{number}-{n}", by=Actor("Broker"), at=AT)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
            errors[f"{type(error).__name__}: {error}"[:60]] += 1
        waits.append(time.perf_counter() - before)
        connection.close()
    print(json.dumps({"worst": max(waits), "errors": errors}), flush=True)


def start_all(mode: str) -> tuple[float, Counter[str], int]:
    """The longest wait in seconds, the errors of all processes, and how many half days were taken, on a fresh file."""
    with tempfile.TemporaryDirectory(prefix="s2s-starts-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "S2S_IGNORE_DOTENV": "1", "S2S_ENVIRONMENT": "demo"}
        environment.pop("DATABASE_URL", None)
        here = [sys.executable, __file__]
        subprocess.run([*here, "prepare"], env=environment, check=True)
        workers = [
            subprocess.Popen([*here, "work", str(n), mode], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for n in range(PROCESSES)
        ]
        for worker in workers:
            assert worker.stdout and worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin
            worker.stdin.write("go\n")
            worker.stdin.flush()
        said = [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]
        taken = int(subprocess.run([*here, "count"], env=environment, check=True, capture_output=True, text=True).stdout)
    errors = sum((Counter(one["errors"]) for one in said), Counter[str]())
    return max(one["worst"] for one in said), errors, taken


def prepare() -> None:
    """A migrated file with a leader for each process."""
    set_up()
    from django.core.management import call_command

    from alliance.models import School, SystemLeader, User

    call_command("migrate", verbosity=0)
    school = School.objects.create(urn="990001", name="Invented School")
    for n in range(PROCESSES):
        SystemLeader.objects.create(user=User.objects.create_user(f"leader{n}@example.org"), supporting_school=school)


def count() -> None:
    set_up()
    from diary.models import HalfDay

    print(HalfDay.objects.count())


def main() -> int:
    asked = PROCESSES * BOOKINGS
    worst, errors, taken = start_all("IMMEDIATE")
    is_broken = bool(errors) or worst >= WORST_WAIT or taken != asked
    print(f"sqlite: {PROCESSES} processes start on a fresh file, {BOOKINGS} bookings each over new connections")
    print(f"  as the product does: {taken} of {asked} taken, errors {dict(errors) or 'none'}, worst wait {worst:.2f} s")
    worst, errors, taken = start_all("DEFERRED")
    print(f"  control, deferred transactions: {taken} of {asked} taken, errors {dict(errors) or 'none'}, worst wait {worst:.2f} s")
    print("A promise is broken" if is_broken else "As promised")
    return int(is_broken)


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:2] in (["prepare"], ["count"]):
        {"prepare": prepare, "count": count}[sys.argv[1]]()
    else:
        sys.exit(main())

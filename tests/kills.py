"""A worker that is killed at seeded points of a walk (promise 5), for the tests of plugins; what the worker does is `tests/killed.py`."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from tests.databases import copy_database, drop_databases

KILLS = 100


class Worker:
    """A warm process that runs a plugin's `killed.py`, and the database it works on."""

    def __init__(self, script: Path, name: str, source: str) -> None:
        self.name, self.source = name, source
        settings = connection.settings_dict
        address = (
            f"sqlite:///{name}"
            if connection.vendor == "sqlite"
            else f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{name}"
        )
        self.start_afresh()
        root = Path(__file__).parents[1]
        path = os.pathsep.join([str(root), str(root / "site")])
        self.process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": path},
        )  # fmt: skip
        assert self.hear() == {"ready": True}

    def start_afresh(self) -> None:
        copy_database(self.name, source=self.source)

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        heard: dict[str, Any] = json.loads(self.process.stdout.readline())
        return heard

    def send(self, line: str, *, killed_after: float | None = None) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """What the fork said until it ended, and how it ended."""
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        pid, said = self.hear()["pid"], []
        timer = threading.Timer(killed_after, _kill, [pid]) if killed_after is not None else None
        if timer:
            timer.start()
        while not (heard := self.hear()).get("ended"):
            said.append(heard)
        if timer:
            timer.cancel()
        return said, heard

    def check(self) -> dict[str, Any]:
        said, ended = self.send("CHECK")
        assert not ended["failed"]
        return said[0]


def _kill(pid: int) -> None:
    """It may have ended by itself at that very moment."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def killed_worker(script: Path) -> Iterator[Worker]:
    """A worker on a copy of the test's database as it stands; both are gone afterwards."""
    source = str(connection.settings_dict["NAME"])
    connection.close()
    worker = Worker(script, f"{source}_killed", source)
    try:
        yield worker
    finally:
        assert worker.process.stdin and worker.process.stdout
        worker.process.stdin.close()
        worker.process.wait(timeout=20)
        worker.process.stdout.close()
        if connection.vendor == "sqlite":
            for file in Path(worker.name).parent.glob(f"{Path(worker.name).name}*"):
                file.unlink()
        else:
            drop_databases([worker.name])


def check_that_kills_leave_everything_whole(worker: Worker, *, seed: int, most_statements: int, longest_life: float) -> None:
    """
    Kill the worker a hundred times: after each everything is whole or not there, nothing that was acknowledged is lost or done twice,
    and the next goes on from where it stands.

    Most die inside an action, at a statement up to `most_statements`: more than the longest action takes, so that many get through one
    and die in a later one. The others die from outside within `longest_life` seconds.
    """
    chance, kills, over = random.Random(seed), Counter[str](), 0
    before = worker.check()
    assert before["broken"] == []
    while kills.total() < KILLS:
        inside = chance.random() < 0.85
        statement, life = chance.randint(1, most_statements), chance.uniform(0, longest_life)
        said, ended = worker.send(f"WORK {chance.randrange(10**6)} {statement if inside else 0}", killed_after=None if inside else life)
        assert not ended["failed"]
        after = worker.check()
        acknowledged = Counter(one["done"] for one in said)
        found = Counter(after["done"]) - Counter(before["done"])
        assert (after["broken"], acknowledged - found, (found - acknowledged).total() <= 1) == ([], Counter(), True)
        kills["inside" if inside else "outside"] += ended["killed"]
        before = after
        if after["is_over"]:
            over += 1
            worker.start_afresh()
            before = worker.check()

    assert min(kills["inside"], kills["outside"], over) > 1
    worker.send("WORK 1 0")
    last = worker.check()
    assert (last["broken"], last["is_over"]) == ([], True)

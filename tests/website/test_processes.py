"""What one process publishes, another serves within two seconds; the publishing one at its next response."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import connection

from tests.databases import copy_template
from tests.factories.website import make_home

REDIS_URL = "redis://127.0.0.1:6379/14"
WORKER = Path(__file__).parent / "worker.py"
WITHIN = 2.0


class Worker:
    """A running `worker.py`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def running(**environment: str) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield Worker(process)
    finally:
        assert process.stdin and process.stdout
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


def address_of(database: dict[str, Any]) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def database_with_home(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a clone of the test database with a home page in it: other processes see only what is committed."""
    suffix = f"pages{os.getpid()}"
    with django_db_blocker.unblock():
        connection.close()
        original, clone = dict(connection.settings_dict), connection.creation.get_test_db_clone_settings(suffix)
        copy_template(clone["NAME"])
        connection.settings_dict.update(clone)
        try:
            make_home(heading="The first heading")
            yield address_of(clone)
        finally:
            connection.close()
            connection.settings_dict.update(original)
            connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


def redis_answers() -> bool:
    """With nothing in it of another run."""
    try:
        with redis.Redis.from_url(REDIS_URL) as client:
            return bool(client.flushdb())
    except redis.exceptions.ConnectionError:
        return False


@pytest.mark.parametrize("shared", ["a file", "Redis"])
def test_published_page_is_fresh_in_both_processes(database_with_home: str, tmp_path: Path, shared: str) -> None:
    if shared == "Redis" and not redis_answers():
        pytest.skip("no Redis answers at 127.0.0.1:6379")
    environment = {
        "DATABASE_URL": database_with_home,
        "DATA_DIR": str(tmp_path),
        "REDIS_URL": REDIS_URL if shared == "Redis" else "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "S2S_IGNORE_DOTENV": "1",
        "S2S_ENVIRONMENT": "demo",
    }
    with running(**environment) as publisher, running(**environment) as other:
        for worker in (publisher, other):
            worker.ask("GET /")
        kept = other.ask("GET /")
        publisher.ask("PUBLISH The second heading")
        published_at = time.monotonic()
        next_response = publisher.ask("GET /")
        while "The second heading" not in other.ask("GET /")["text"]:
            assert time.monotonic() - published_at < WITHIN
            time.sleep(0.05)
        again = other.ask("GET /")

    assert (kept["queries"], "The first heading" in kept["text"]) == (0, True)
    assert "The second heading" in next_response["text"]
    assert (again["queries"], "The second heading" in again["text"]) == (0, True)

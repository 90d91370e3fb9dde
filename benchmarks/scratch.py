"""A database that a benchmark makes for itself and removes. For the benchmarks that run as scripts in this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepare() -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


@contextmanager
def scratch_database(folder: str) -> Iterator[str]:
    """The address of a database of our own: a SQLite file, or `<name>_bench` beside the PostgreSQL database given."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    scratch = f"{given.rpartition('/')[2]}_bench"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{scratch}"')
        connection.execute(f'CREATE DATABASE "{scratch}"')
        yield f"{given.rpartition('/')[0]}/{scratch}"
        connection.execute(f'DROP DATABASE "{scratch}"')

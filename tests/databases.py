"""One migrated database a run, cloned for every worker: migrating is what takes time."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases
from filelock import FileLock

from config.environment import BASE_DIR
from tests.migrating import fast_migrations


def make_clone(*, worker: str, shared: Path) -> None:
    """
    Point this process at a clone of the migrated test database, which the first worker to come makes.

    `shared` is a folder that all workers of the run see. On PostgreSQL the clone is made from a template, on SQLite the
    file is copied.
    """
    template = str(shared / "template.sqlite3") if connection.vendor == "sqlite" else connection.creation._get_test_db_name()
    connection.settings_dict["TEST"]["NAME"] = template  # said outright: from here on NAME is the clone's
    made = shared / "template-made"
    with FileLock(shared / "template.lock"):
        if not made.exists():
            _make_template(Path(str(connection.settings_dict["TEST"]["NAME"])) if connection.vendor == "sqlite" else None)
            made.touch()
        else:
            settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        connection.close()
        connection.creation.clone_test_db(suffix=worker, verbosity=0, keepdb=False)
    clone = connection.creation.get_test_db_clone_settings(worker)
    connection.settings_dict.update(clone)
    settings.DATABASES["default"]["NAME"] = clone["NAME"]


def _make_template(file: Path | None) -> None:
    """Migrate, or on SQLite take the file that an earlier run kept for the very same migrations and roles."""
    plugins = "+".join(settings.PLUGIN_APPS) or "core"
    kept = BASE_DIR / "var" / f"test-template-{plugins}-{_fingerprint()}.sqlite3"
    if file and kept.exists():
        shutil.copyfile(kept, file)
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(file)
        return
    with fast_migrations() if file else nullcontext():  # PostgreSQL shows that Django's own way works too
        setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    if file:
        connection.close()
        kept.parent.mkdir(exist_ok=True)
        for older in kept.parent.glob(f"test-template-{plugins}-*.sqlite3"):
            older.unlink()
        shutil.copyfile(file, kept)


DECLARING = ("apps", "enums", "fields", "models", "review_workflows", "roles")
"""Modules that migrations and their receivers read, besides the models."""


def _fingerprint() -> str:
    """Of everything that a migrated database depends on: the lock, migrations, models, roles and what apps declare."""
    digest = hashlib.sha256((BASE_DIR / "requirements" / "dev.txt").read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        folder = Path(config.path)
        if ".venv" not in folder.parts:
            declaring = [source for name in DECLARING if (source := folder / f"{name}.py").exists()]
            for source in sorted([*folder.glob("migrations/*.py"), *folder.glob("models/*.py"), *declaring]):
                digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def cloned_database(
    *, worker: str, shared: Path, serves_the_run: bool, unblock: Callable[[], AbstractContextManager[None]]
) -> Iterator[None]:
    """
    A clone for the length of a run; a single process also drops the template afterwards.

    `unblock` lets the database be used while it is made and dropped; in between, a test has to ask for it.
    """
    with unblock():
        make_clone(worker=worker, shared=shared)
    try:
        yield
    finally:
        with unblock():
            connection.close()
            if connection.vendor == "postgresql":
                template = [connection.creation._get_test_db_name()] if serves_the_run else []
                drop_databases([str(connection.settings_dict["NAME"]), *_kept.values(), *template])


def restore_database() -> None:
    """Put the clone back as it was migrated: a transactional test leaves nothing behind, the lists of the migrations included."""
    connection.close()
    copy_template(str(connection.settings_dict["NAME"]))


_kept: dict[str, str] = {}


def make_once(key: str, make: Callable[[], object]) -> None:
    """For transactional tests: have in the clone what `make` puts there, which is called once a run and copied from then on."""
    ours = str(connection.settings_dict["NAME"])
    if key not in _kept:
        make()
        connection.close()
        name = f"{ours}_{key}"
        copy_database(name, source=ours)
        _kept[key] = name
    else:
        connection.close()
        copy_database(ours, source=_kept[key])


def copy_template(name: str) -> None:
    """Make the database `name` a copy of the migrated one, whatever was in it."""
    is_file = connection.vendor == "sqlite"
    copy_database(name, source=str(connection.settings_dict["TEST"]["NAME"]) if is_file else connection.creation._get_test_db_name())


def copy_database(name: str, *, source: str) -> None:
    """Make the database `name` a copy of another, whatever was in it. Whoever is connected to either is cut off on PostgreSQL."""
    if connection.vendor == "sqlite":
        # SQLite's own copy, not the file's: another process or thread may have the database open, and its log unwritten.
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(name, timeout=20)) as target:
            original.backup(target)
        return
    drop_databases([name])
    with connection._nodb_cursor() as cursor:
        quote = connection.ops.quote_name
        # A thread of a live server keeps its connection; a database that somebody is connected to cannot be copied.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)}")


def drop_databases(names: list[str]) -> None:
    with connection._nodb_cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")

"""Databases to try plugins on: each is migrated once a run, by whichever worker comes first, and copied by the tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.plugins.runs import environment, said_by

TRY = Path(__file__).parent / "try_subset.py"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all workers of the run see."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if hasattr(request.config, "workerinput") else base) / "plugins"
    folder.mkdir(exist_ok=True)
    return folder


def made_once(file: Path, make: Callable[[], object]) -> Path:
    with FileLock(file.with_suffix(".made.lock")):
        if not file.exists():
            make()
    return file


@pytest.fixture(scope="session")
def core_database(shared: Path) -> Path:
    """A database migrated without any plugin."""
    made_by = Path(__file__).parent / "core_database.py"
    return made_once(shared / "template.sqlite3", lambda: said_by(made_by, shared, env=environment(shared, S2S_PLUGINS="")))


Tried = Callable[..., "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What trying a subset of the plugins out left: the database as it was migrated, and what the process found."""

    database: Path
    found: dict[str, Any]


@pytest.fixture(scope="session")
def tried(shared: Path, core_database: Path) -> Tried:
    """`tried("s2s_forms", "health_checks")` switches these on where all but one of them are on already, once a run."""

    def outcome(*chosen: str) -> Outcome:
        if not chosen:
            database = core_database
        else:
            before = [plugin for plugin in chosen if plugin != "s2s_forms"] if len(chosen) > 1 and "s2s_forms" in chosen else chosen[:-1]
            database = outcome(*before).database if before else core_database
        name = "+".join(chosen) or "none"
        kept, said = shared / f"{name}.sqlite3", shared / f"{name}.json"

        def try_it() -> None:
            env = environment(lay(database, shared / name), S2S_PLUGINS=",".join(chosen), KEEP_AS=str(kept))
            said.write_text(said_by(TRY, env=env).splitlines()[-1])

        made_once(said, try_it)
        return Outcome(kept, json.loads(said.read_text()))

    return outcome


def lay(database: Path, folder: Path) -> Path:
    """A data folder with a copy of this database."""
    folder.mkdir()
    shutil.copyfile(database, folder / "s2s.sqlite3")
    return folder


@pytest.fixture
def data_dir(core_database: Path, tmp_path: Path) -> Path:
    """The data folder of an install that never had a plugin."""
    return lay(core_database, tmp_path / "data")

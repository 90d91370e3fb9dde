"""Every subset of this repository's plugins starts, migrates and serves. `.ci/run` also runs the core's suite with none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection

from common.plugins import OWN_PLUGINS
from tests.plugins.conftest import Tried

SUBSETS = [chosen for size in range(len(OWN_PLUGINS) + 1) for chosen in combinations(OWN_PLUGINS, size)]


@pytest.mark.parametrize("chosen", SUBSETS, ids=lambda chosen: "+".join(chosen) or "none")
def test_subset_migrates_and_serves(tried: Tried, chosen: tuple[str, ...]) -> None:
    """Added to an install that has all but one of them; all at once are what the suite itself runs on."""
    assert tried(*chosen).found == {
        "plugins": list(chosen),
        "public": [200, 200, 200],
        "nowhere": 404,
        "portal": [200, 200, 200, 200],
        "triage": 200 if "s2s_workflow" in chosen else 404,
        "admin": [200, 200, 200, 200],
    }


def schema(database: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as opened:
        return set(opened.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Subsets are tried on SQLite.")
def test_plugins_added_one_by_one_have_the_tables_of_all_at_once(tried: Tried, django_db_setup: None) -> None:
    """The suite's own database is migrated all at once, and by `fast_migrations`."""
    assert schema(tried(*OWN_PLUGINS).database) == schema(Path(str(connection.settings_dict["NAME"])))

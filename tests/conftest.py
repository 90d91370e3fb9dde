"""Fixtures that tests of several apps share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests.browser import browser, new_page  # noqa: F401 - fixtures, once for the run: two browsers in one process clash
from tests.databases import cloned_database, restore_database
from website.freshness import forget

pytest.register_assert_rewrite("tests.kills")

LONGEST = [
    "plugins/test_subsets.py",  # begins without a database of this process, so it goes while another worker migrates one
    "access/test_matrix.py",
    "s2s_workflow/test_kills.py",
    "health_checks/test_kills.py",
    "s2s_forms/test_kills.py",
    "journeys/test_project_walk.py",
    "journeys/test_health_checks.py",
    "s2s_workflow/test_readiness_secrecy.py",
    "plugins/test_retire.py",  # on databases that test_subsets makes
    "plugins/test_fourth_plugin.py",
    "s2s_workflow/test_every_move.py",
    "website/test_browser.py",
    "journeys/test_every_state.py",
    "journeys/test_form_composed.py",
    "journeys/test_request_ways.py",
    "journeys/test_request_to_answer.py",
    "portal/test_account_browser.py",
    "journeys/test_readiness.py",
    "journeys/test_protocol_changes.py",
]
"""What takes longest starts first: a run on several workers, which take whole files in this order, must not end waiting for one."""

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday noon in term; actions are told the time, so a test picks one."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {str(Path(__file__).parent / name): number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(str(item.path), len(place)))


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A clone of one migrated database for each worker."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    shared = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.mktemp("database")
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: restore_database()  # Django's flush takes seconds, and what migrations wrote
    with cloned_database(worker=worker or "only", shared=shared, serves_the_run=worker is None, unblock=django_db_blocker.unblock):
        yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """
    What a process remembers of the public content outlives a test's transaction, and so do counts of posts and the language of the
    last request; the next test starts without.
    """
    forget()
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)

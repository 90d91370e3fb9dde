"""A project that the tests of a module start from is brought to its stage once, as Django's `setUpTestData` does for a class."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection, transaction

from tests.conftest import NOON


@pytest.fixture(scope="module")
def _made_for_the_module(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What the module's `make_once` returns, in a transaction around all its tests; each test rolls back to where that left it."""
    closing = patch.object(connection, "close", lambda: None)  # Django does after each test: it would end the transaction
    with django_db_blocker.unblock(), closing, transaction.atomic():
        with time_machine.travel(NOON):
            made = request.module.make_once()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def made(_made_for_the_module: Any, db: None) -> Any:
    """A copy for each test of what its module makes once: instances remember what a test did to them."""
    return deepcopy(_made_for_the_module)

"""A worker is killed while a request is filled in, saved, sent, answered and withdrawn, and while the post leaves (promise 5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from alliance.roles import Role
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school, make_user
from tests.kills import check_that_kills_leave_everything_whole, killed_worker

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20261205


def test_after_each_of_a_hundred_kills_everything_is_whole_and_goes_on(transactional_db):
    """One request, just begun in a browser."""
    make_school()
    make_user(Role.S2S_LEAD)
    make_request_page(make_process_page(make_home()))
    Client().post("/support/request/")

    with killed_worker(Path(__file__).parent / "killed.py") as worker:
        check_that_kills_leave_everything_whole(worker, seed=SEED, most_statements=250, longest_life=0.5)

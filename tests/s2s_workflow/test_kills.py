"""A worker is killed while people freeze, sign, ask for changes and move on (promise 5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from s2s_workflow.enums import Stage
from tests.factories.projects import Cast, reach
from tests.kills import check_that_kills_leave_everything_whole, killed_worker

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20261118


def test_after_each_of_a_hundred_kills_everything_is_whole_and_goes_on(transactional_db):
    """One project whose agreement is to be frozen, billed in advance."""
    cast = Cast(rules={"money_route": "IN_ADVANCE"})
    reach(cast, Stage.AGREEMENT_DRAFTED)
    cast.agree_plan()

    with killed_worker(Path(__file__).parent / "killed.py") as worker:
        check_that_kills_leave_everything_whole(worker, seed=SEED, most_statements=600, longest_life=0.4)

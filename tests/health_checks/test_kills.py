"""A worker is killed while people book, accept, agree and sign, and while the post leaves (promise 5)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from alliance.roles import Role
from health_checks.actions.keep_booking_step import keep_booking_step
from health_checks.actions.start_booking import start_booking
from tests.conftest import NOON
from tests.factories.finance import make_policy, make_rate
from tests.factories.health_checks import FIRST, make_leader
from tests.factories.people import make_head, make_school, make_user
from tests.kills import check_that_kills_leave_everything_whole, killed_worker

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20261127
DAYS = [FIRST, FIRST + timedelta(days=1)]
ANSWERS = {
    "focus": {"area": "Early reading", "judgement-quality-of-education": "Good"},
    "days": {
        "use": "DATA_REVIEW", "other_use": "", "part": "FULL", "number": 2, "who": "designation", "conductors": ["SLE"],
        "wanted_leader": None, "designations": ["SLE"],
    },
    "repeat": {"repeat": "NONE"},
    "dates": {"given": [day.isoformat() for day in DAYS], "days": [{"date": day.isoformat(), "cause": ""} for day in DAYS]},
    "contact": {
        "contact_name": "Pat Head", "contact_role": "", "contact_email": "head@example.org", "contact_telephone": "", "access_notes": "",
        "po_number": "",
    },
}  # fmt: skip


def test_after_each_of_a_hundred_kills_everything_is_whole_and_goes_on(transactional_db):
    """One draft that is ready to be sent, for two days."""
    school = make_school()
    head = make_head(school)
    make_leader()
    make_user(Role.S2S_LEAD)
    make_rate(designation="SLE")
    make_policy()
    draft = start_booking(user=head, school=school, by=head, at=NOON)
    for step, answers in ANSWERS.items():
        draft = keep_booking_step(draft=draft, step=step, answers=answers, by=head, at=NOON)

    with killed_worker(Path(__file__).parent / "killed.py") as worker:
        check_that_kills_leave_everything_whole(worker, seed=SEED, most_statements=400, longest_life=0.4)

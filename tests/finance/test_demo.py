"""The demo's rates: one for every designation, approved, and a draft that waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alliance.enums import Designation
from alliance.roles import Role
from common.demo import World
from finance.cancellation import bands_in_words
from finance.demo import load_demo
from finance.enums import Service
from finance.models import CancellationPolicy, RateCard
from finance.queries import rate_in_force
from tests.conftest import NOON
from tests.factories.finance import pounds
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 8, 31), date(2026, 9, 1), date(2028, 2, 29)])
def test_demo_has_a_rate_for_everybody_whenever_it_is_loaded(today):
    world = World(today=today, now=NOON, people={"finance": make_user(Role.FINANCE), "lead": make_user(Role.S2S_LEAD)})

    load_demo(world)

    rates = {name: rate_in_force(name, today - timedelta(days=200)) for name in [*Designation, ""]}
    assert {str(name): (rate.full_day, rate.half_day, rate.brokerage_full_day) for name, rate in rates.items() if rate} == {
        "SLE": (pounds(350), pounds(175), pounds("52.50")),
        "LLE": (pounds(450), pounds(225), pounds("67.50")),
        "NLE": (pounds(550), pounds(275), pounds("82.50")),
        "NLG": (pounds(450), pounds(225), pounds("67.50")),
        "": (pounds(300), pounds(150), pounds(45)),
    }
    policy = CancellationPolicy.objects.on(today - timedelta(days=200), service=Service.HEALTH_CHECK)
    assert policy is not None
    assert bands_in_words(policy) == [
        "10 or more working days before: free",
        "5 to 9 working days before: 50 per cent of the price",
        "Fewer than 5 working days before: 100 per cent of the price",
    ]
    assert RateCard.objects.filter(live=False).count() == 1

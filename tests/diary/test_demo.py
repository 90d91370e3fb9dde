"""The demo's diary: an allowance for every leader, this year and next, and some leave on working days to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alliance.roles import Role
from alliance.working_days import academic_year
from common.demo import World
from diary.demo import load_demo
from diary.models import Closure, HalfDay, LeaderYear, TermDate
from diary.terms import closed_because
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 8, 28), date(2026, 11, 18), date(2026, 12, 20)])
def test_demo_gives_every_leader_a_year_and_some_leave(today):
    leaders = {name: SystemLeaderFactory() for name in ("leader", "leader2", "leader4", "leader9", "leader10")}

    load_demo(World(today=today, now=NOON, people={"lead": make_user(Role.S2S_LEAD)}, leaders=leaders))

    assert LeaderYear.objects.count() == 2 * len(leaders)
    assert set(LeaderYear.objects.values_list("taken", flat=True)) == {0}
    assert {row.source_kind for row in HalfDay.objects.all()} == {"LEAVE"}
    assert all(row.date > today and row.date.weekday() < 5 for row in HalfDay.objects.all())
    assert HalfDay.objects.count() == 6


@pytest.mark.parametrize("today", [date(2026, 8, 28), date(2026, 11, 18), date(2028, 2, 29)])
def test_demo_has_terms_and_half_terms_of_every_authority_around_today(today):
    schools = [make_school(local_authority_code=code) for code in ("991", "992", "")]

    load_demo(World(today=today, now=NOON, people={"lead": make_user(Role.S2S_LEAD)}))

    year = academic_year(today)
    terms = TermDate.objects.values_list("local_authority_code", "academic_year").distinct()
    assert set(terms) == {(code, one) for code in ("991", "992") for one in (year, year + 1)}
    for term in TermDate.objects.all():
        term.full_clean()
    half_terms = list(Closure.objects.all())
    assert len(half_terms) == TermDate.objects.count() == 2 * 2 * 3
    christmas, half_term = date(year, 12, 28), half_terms[0].first_day + timedelta(days=3)
    assert [day in closed_because(school, [christmas, half_term]) for school in schools[:2] for day in (christmas, half_term)] == [True] * 4
    assert half_term not in closed_because(schools[2], [half_term])

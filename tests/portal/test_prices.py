"""What would it cost: any school, any day, asked by whoever quotes or keeps the rates (H7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from alliance.models import School
from alliance.roles import Role
from finance.enums import Service
from finance.models import Quote
from finance.price_list import price_list
from finance.pricing import Buyer
from tests.factories.alliance import MembershipFactory
from tests.factories.finance import make_discount, make_rate
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(client: Client) -> Client:
    client.force_login(make_user(Role.FINANCE))
    return client


def shown(client: Client, school: School, day: date) -> list[tuple[str, str, str, str]]:
    """Designation, full price, discount and what is to pay of each full and half day."""
    page = client.get(f"/portal/prices/{school.pk}/", {"on_day": day.day, "on_month": day.month, "on_year": day.year})
    lines = [(row.designation, line) for row in page.context["rows"] for line in (row.full_day, row.half_day)]
    return [(name, str(line.full_charge), str(line.discount), str(line.charge)) for name, line in lines]


def test_prices_are_those_of_the_day_and_of_the_membership_then(finance):
    make_rate(350, 175, 300, 150)
    make_rate(400, 200, effective_from=date(2027, 9, 1))
    make_discount()
    member, other = MembershipFactory(starts_on=date(2026, 9, 1)).school, make_school()

    first, later = date(2026, 10, 1), date(2027, 9, 1)
    sle = "Specialist leader of education"
    full = [(sle, "350.00", "0.00", "350.00"), (sle, "175.00", "0.00", "175.00")]
    assert shown(finance, member, first) == [(sle, "350.00", "52.50", "297.50"), (sle, "175.00", "26.25", "148.75")]
    assert shown(finance, member, later) == [(sle, "400.00", "60.00", "340.00"), (sle, "200.00", "30.00", "170.00")]
    assert (shown(finance, other, first), shown(finance, member, date(2026, 8, 31))) == (full, full)
    assert not Quote.objects.exists()


def test_a_day_without_rates_says_so_and_a_wrong_day_is_refused_beside_the_field(finance):
    school = make_school()

    none = finance.get(f"/portal/prices/{school.pk}/").content.decode()
    wrong = finance.get(f"/portal/prices/{school.pk}/", {"on_day": "31", "on_month": "2", "on_year": "2027"})

    assert "No rate is in force on this day" in none
    assert ("Enter a real date" in wrong.content.decode(), wrong.context["on"]) == (True, None)


def test_the_list_asks_for_each_rate_once(django_assert_max_num_queries):
    for designation in ("SLE", "NLE", ""):
        make_rate(designation=designation)
    make_discount()
    member = MembershipFactory(starts_on=date(2026, 9, 1)).school

    with django_assert_max_num_queries(6):
        rows = price_list(on=date(2026, 10, 1), buyer=Buyer(member, Service.HEALTH_CHECK))

    assert [row.half_day.discount > 0 for row in rows] == [True] * 3


def test_a_school_is_found_by_its_name(finance):
    school = make_school(name="Lindle Vale Primary School")

    page = finance.get("/portal/prices/", {"q": "lindle"}).content.decode()

    assert f"/portal/prices/{school.pk}/" in page

"""A price never changes after booking (H6): a line takes over what an earlier one froze, whatever the rates say by then."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.models import Membership, School
from alliance.working_days import academic_year
from finance.actions.make_quote import make_quote
from finance.enums import Service
from finance.models import MembershipDiscountRate, Quote, QuoteLine, RateCard
from finance.pricing import Buyer, Override, QuoteLineWanted, price_lines, total_of
from finance.queries import rate_in_force
from tests.conftest import NOON
from tests.factories.alliance import MembershipFactory, SystemLeaderFactory
from tests.factories.finance import BROKER, DAY, line, make_discount, make_rate, pounds, quote
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 9, 1)
FIGURES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def requote(*lines: QuoteLineWanted, school: School, on: date = NEXT_YEAR) -> Quote:
    buyer = Buyer(school, Service.HEALTH_CHECK)
    made: Quote = make_quote(source_kind="DAY", source_reference="HC-1", lines=lines, on=on, by=BROKER, at=NOON, buyer=buyer)
    return made


def a_member() -> School:
    school: School = MembershipFactory(starts_on=date(2024, 9, 1)).school
    return school


def facts(row: QuoteLine) -> dict[str, object]:
    names = ("served_on", "half_days", "designation", "rate_card", "discount_rate", "discount", "charge", "supporting_share")
    return {name: getattr(row, name) for name in (*names, "is_reciprocal", "override_reason")}


def test_a_moved_day_keeps_its_price_its_rate_and_its_discount():
    make_rate(550, 275, 467, 233, designation="NLE")
    make_discount(15)
    member = a_member()
    booked = requote(line(1, designation="NLE"), school=member, on=DAY).lines.get()
    make_rate(600, 310, 500, 250, designation="NLE", effective_from=DAY + timedelta(days=1))
    make_discount(5, effective_from=DAY + timedelta(days=1))
    other = SystemLeaderFactory()

    moved = requote(line(1, designation="NLE", leader=other, kept=booked), school=member)

    [row] = moved.lines.all()
    assert (row.charge, row.discount, row.leader) == (pounds("233.75"), pounds("41.25"), other)
    assert facts(row) == facts(booked)
    assert (moved.version, moved.total, moved.supporting_total) == (2, row.charge, row.supporting_share)


def test_the_quote_names_the_line_that_a_price_was_kept_from():
    make_rate()
    booked = quote(line(4), line()).lines.get(position=2)

    moved = quote(line(kept=booked), line(1))

    assert [frozen["kept"] for frozen in moved.inputs["lines"]] == [{"line": booked.pk, "quote": booked.quote_id, "position": 2}, None]


def test_a_kept_price_is_looked_up_nowhere(django_assert_num_queries):
    make_rate()
    booked = QuoteLine.objects.select_related("rate_card", "discount_rate").get(quote=quote(line()))
    buyer = Buyer(make_school(), Service.HEALTH_CHECK)

    with django_assert_num_queries(0):
        [priced] = price_lines([line(kept=booked)], on=date(2020, 1, 1), buyer=buyer)

    assert (priced.charge, priced.full_charge) == (pounds(350), pounds(350))


def test_a_price_may_be_kept_again_and_again():
    make_rate()
    first = quote(line()).lines.get()
    second = quote(line(kept=first)).lines.get()
    make_rate(400, 200, effective_from=date(2026, 1, 1))

    third = quote(line(kept=second)).lines.get()

    assert facts(third) == facts(first)


@pytest.mark.parametrize(
    "work", [{"override": Override(pounds(300), pounds(280), "Agreed with the head"), "designation": "NLG"}, {"is_reciprocal": True}]
)
def test_an_override_and_reciprocal_work_are_kept_with_their_reason(work):
    booked = quote(line(**work)).lines.get()

    kept = quote(line(designation=booked.designation, is_reciprocal=booked.is_reciprocal, kept=booked))

    assert facts(kept.lines.get()) == facts(booked)
    assert kept.inputs["lines"][0]["override"] == quote(line(**work)).inputs["lines"][0]["override"]


@pytest.mark.parametrize(
    "other",
    [
        {"half_days": 1}, {"half_days": 3}, {"designation": "NLE"}, {"designation": ""}, {"is_reciprocal": True},
        {"override": Override(pounds(300), pounds(280), "Cheaper")},
    ],
)  # fmt: skip
def test_a_price_is_not_kept_for_other_work(other):
    make_rate()
    make_rate(550, 275, 467, 233, designation="NLE")
    booked = quote(line()).lines.get()

    with pytest.raises(ValueError, match="same half days and designation"):
        quote(line(**{"kept": booked, **other}))

    assert Quote.objects.count() == 1


# --- Whatever the figures -------------------------------------------------------------------------

pennies = st.integers(min_value=100, max_value=100_000)
percents = st.decimals(0, "99", places=2)


@pytest.fixture
def booked_by_a_member() -> tuple[QuoteLine, School]:
    make_rate()
    make_discount()
    member = a_member()
    return requote(line(3), school=member, on=DAY).lines.get(), member


@FIGURES
@given(full=pennies, half=pennies, percent=percents, day=st.dates(DAY, date(2029, 8, 31)), is_still_a_member=st.booleans())
def test_nothing_that_comes_later_changes_a_kept_price(booked_by_a_member, full, half, percent, day, is_still_a_member):
    booked, member = booked_by_a_member
    with transaction.atomic():
        amounts = {"full_day": full, "half_day": half, "supporting_full_day": 100, "supporting_half_day": 100}
        RateCard.objects.create(designation="SLE", effective_from=day, **{name: Decimal(value) / 100 for name, value in amounts.items()})
        MembershipDiscountRate.objects.create(tier=booked.discount_rate.tier, effective_from=day, percent=percent)
        RateCard.objects.filter(pk=booked.rate_card_id).update(is_superseded=True)
        if not is_still_a_member:
            Membership.objects.filter(school=member).update(ends_on=DAY)

        moved = requote(line(3, kept=booked), school=member, on=day)

        assert facts(moved.lines.get()) == facts(booked)
        assert (moved.total, moved.supporting_total) == (booked.charge, booked.supporting_share)
        transaction.set_rollback(True)


@FIGURES
@given(full=pennies, half=pennies, spans=st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_half_days_cost_what_is_stored_and_lines_make_the_total(full, half, spans):
    with transaction.atomic():
        amounts = {"full_day": full, "half_day": half, "supporting_full_day": 1, "supporting_half_day": 1}
        RateCard.objects.create(designation="NLE", effective_from=DAY, **{name: Decimal(value) / 100 for name, value in amounts.items()})

        priced = price_lines([line(number, designation="NLE") for number in spans], on=DAY)

        assert [one.charge for one in priced] == [Decimal(number // 2 * full + number % 2 * half) / 100 for number in spans]
        assert total_of(priced) == sum(one.charge for one in priced) > 0
        transaction.set_rollback(True)


@FIGURES
@given(
    starts=st.sets(st.dates(date(2025, 8, 25), date(2028, 9, 7)), min_size=1, max_size=4), day=st.dates(date(2025, 8, 25), date(2028, 9, 7)),
)  # fmt: skip
def test_on_every_day_the_rate_that_started_last_holds(starts, day):
    with transaction.atomic():
        for start in starts:
            amounts = dict.fromkeys(("full_day", "half_day", "supporting_full_day", "supporting_half_day"), 100)
            RateCard.objects.create(designation="SLE", effective_from=start, **amounts)

        found = rate_in_force("SLE", day)

        assert (found.effective_from if found else None) == max((start for start in starts if start <= day), default=None)
        transaction.set_rollback(True)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 9, 1), date(2027, 8, 31), date(2027, 9, 1)])
def test_a_line_is_priced_by_the_academic_year_of_its_own_day(day):
    for year in (2025, 2026, 2027):
        make_rate(year - 1700, 100, 90, 90, effective_from=date(year, 9, 1))

    [priced] = price_lines([line(serves_on=day)], on=DAY)

    assert (priced.charge, priced.served_on) == (pounds(academic_year(day) - 1700), day)

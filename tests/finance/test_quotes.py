"""Quotes: priced at the day of service, frozen, versioned."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alliance.actions.erase_person import erase_person
from alliance.queries import personal_data_of
from alliance.roles import Role
from common.actions import Actor
from finance.actions.make_quote import make_quote
from finance.models import Quote, QuoteLine
from finance.models.frozen import IsFrozen
from finance.pricing import NoRateInForce, Override, PriceIsWrong, price_lines, total_of
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.finance import DAY, line, make_quote_of, make_rate, pounds, quote
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 9, 1)


def amounts(one: Quote) -> list[tuple[object, object]]:
    return [(row.charge, row.supporting_share) for row in one.lines.order_by("position")]


def test_quote_prices_each_line_and_sums():
    make_rate(350, 190, 300, 160)
    make_rate(550, 275, 467, 233, designation="NLE")

    made = quote(line(5), line(2, designation="NLE"))

    assert amounts(made) == [(pounds(890), pounds(760)), (pounds(550), pounds(467))]
    assert (made.version, made.total, made.supporting_total) == (1, pounds(1440), pounds(1227))


def test_a_line_is_priced_at_its_own_day_of_service():
    make_rate()
    make_rate(400, 200, effective_from=NEXT_YEAR)

    made = quote(line(), line(serves_on=NEXT_YEAR))

    assert [row.charge for row in made.lines.order_by("position")] == [pounds(350), pounds(400)]


def test_quote_freezes_what_it_was_made_from():
    rate, leader = make_rate(), SystemLeaderFactory()

    made = quote(line(3, leader=leader, description="Reading"))

    assert made.inputs == {
        "on": "2026-11-18",
        "buyer": None,
        "lines": [
            {
                "description": "Reading",
                "half_days": 3,
                "designation": "SLE",
                "leader": leader.pk,
                "served_on": "2026-11-18",
                "is_reciprocal": False,
                "rate": {
                    "id": rate.pk, "full_day": "350.00", "half_day": "175.00", "supporting_full_day": "300.00", "supporting_half_day": "150.00",
                },
                "discount": None,
                "override": None,
                "kept": None,
            }
        ],
        "cancellation_policy": None,
    }  # fmt: skip
    row = made.lines.get()
    assert (row.rate_card, row.leader, row.half_days, row.brokerage) == (rate, leader, 3, pounds(75))


def test_a_later_quote_is_the_next_version_and_the_earlier_stays():
    rate = make_rate()
    first = make_quote_of(rate)
    second = make_quote_of(rate, half_days=4)
    other = make_quote_of(rate, source_reference="S2S-2")

    first.refresh_from_db()
    assert (first.version, first.total, second.version, other.version) == (1, pounds(350), 2, 1)


def test_a_quote_is_never_changed_or_deleted():
    made = make_quote_of(make_rate())
    row = made.lines.get()
    made.total = row.charge = pounds(1)

    for change in (made.save, row.save, made.delete, row.delete):
        with pytest.raises(IsFrozen):
            change()

    assert (Quote.objects.get().total, QuoteLine.objects.get().charge) == (pounds(350), pounds(350))


def test_without_a_rate_the_quote_is_refused_and_says_for_what():
    make_rate()

    with pytest.raises(NoRateInForce) as refused:
        quote(line(), line(designation="NLE"))

    assert str(refused.value) == "There is no approved rate for National leader of education on 18 November 2026. Ask finance to add one."
    assert not Quote.objects.exists()


def test_an_approved_override_takes_the_place_of_the_rate_and_keeps_its_reason():
    rate = make_rate()
    override = Override(pounds(300), pounds(280), "Agreed with the head")

    made = quote(line(override=override), line(designation="NLG", override=override))

    assert amounts(made) == [(pounds(300), pounds(280))] * 2
    assert [(row.rate_card, row.override_reason) for row in made.lines.order_by("position")] == [
        (rate, "Agreed with the head"),
        (None, "Agreed with the head"),
    ]
    assert made.inputs["lines"][0]["override"] == {"charge": "300.00", "supporting_share": "280.00", "reason": "Agreed with the head"}


@pytest.mark.parametrize(("charge", "share", "reason"), [(0, 0, "Free"), (300, 0, "Free"), (300, 301, "Loss"), (300, 280, " ")])
def test_an_override_that_gives_support_free_or_has_no_reason_is_refused(charge, share, reason):
    make_rate()

    with pytest.raises(PriceIsWrong):
        quote(line(override=Override(pounds(charge), pounds(share), reason)))

    assert not Quote.objects.exists()


def test_reciprocal_work_costs_nothing_on_both_sides_and_needs_no_rate():
    made = quote(line(is_reciprocal=True))

    assert (amounts(made), made.total, made.lines.get().rate_card) == ([(pounds(0), pounds(0))], pounds(0), None)


@pytest.mark.parametrize(
    "values",
    [
        {"charge": 0, "supporting_share": 0},
        {"charge": 350, "supporting_share": 0},
        {"charge": 300, "supporting_share": 350},
        {"is_reciprocal": True},
        {"rate_card": None},
        {"half_days": 0},
    ],
)
def test_the_database_refuses_a_line_that_is_free_or_priced_by_nothing(values):
    rate = make_rate()
    made = make_quote_of(rate)
    given = {"charge": 350, "supporting_share": 300, "half_days": 2, "rate_card": rate, "description": "Free", "served_on": DAY, **values}

    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteLine.objects.create(quote=made, position=9, **given)


def test_a_line_without_time_and_a_quote_without_lines_are_mistakes_of_the_caller():
    for lines in ([], [line(0)]):
        with pytest.raises(ValueError):
            quote(*lines)


def test_a_price_is_shown_without_storing_anything():
    make_rate()

    assert total_of(price_lines([line(3)], on=DAY)) == pounds(525)
    assert not Quote.objects.exists()


def test_who_made_a_quote_is_exported_and_erased():
    make_rate()
    maker = make_user(Role.BROKER, first_name="Canary", last_name="Wildgoose")
    made = make_quote(source_kind="PROJECT", source_reference="S2S-1", lines=[line()], on=DAY, by=maker, at=NOON)
    assert [row["made_by"] for row in personal_data_of(maker)["quotes made"]] == ["Canary Wildgoose"]

    erase_person(user=maker, by=Actor.job("erase"), at=NOON, reason="They asked")

    made.refresh_from_db()
    assert (made.made_by, made.total) == ("Erased person", pounds(350))
    assert "Canary" not in str(list(Quote.history.values()))

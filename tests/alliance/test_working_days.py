from datetime import date, timedelta

import pytest

from alliance.models import BankHoliday
from alliance.working_days import academic_year, add_working_days, last_day_with_notice, working_days_between

pytestmark = pytest.mark.django_db
CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),  # nought gives the day itself, even a Saturday
        (date(2026, 11, 18), 5, date(2026, 11, 25)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (CHRISTMAS_EVE, 1, date(2026, 12, 29)),  # Christmas Day, a weekend and the substitute for Boxing Day
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2040, 12, 24), 1, date(2040, 12, 25)),  # beyond the table
    ],
)
def test_add_working_days(day, number, expected):
    assert add_working_days(day, number) == expected


def test_add_working_days_follows_the_table():
    BankHoliday.objects.create(date=date(2026, 11, 19), name="A royal wedding")

    assert add_working_days(date(2026, 11, 18), 1) == date(2026, 11, 20)


def test_add_working_days_counts_forwards_only():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(CHRISTMAS_EVE, -1)


@pytest.mark.parametrize("day", [CHRISTMAS_EVE + timedelta(days=n) for n in range(12)])
@pytest.mark.parametrize("number", [1, 2, 5, 60])
def test_last_day_with_notice_is_the_last_with_so_many_working_days_to_go(day, number):
    last = last_day_with_notice(day, number)

    assert working_days_between(last, day) >= number > working_days_between(last + timedelta(days=1), day)


def test_notice_of_nought_lasts_until_the_day_and_there_is_none_below():
    assert last_day_with_notice(CHRISTMAS_EVE, 0) == CHRISTMAS_EVE
    with pytest.raises(ValueError, match="nought or more"):
        last_day_with_notice(CHRISTMAS_EVE, -1)


def test_add_working_days_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        add_working_days(CHRISTMAS_EVE, 200)


@pytest.mark.parametrize("start", [CHRISTMAS_EVE + timedelta(days=n) for n in range(8)])
def test_working_days_between_undoes_add_working_days(start):
    assert [working_days_between(start, add_working_days(start, number)) for number in (0, 1, 5, 40, 260)] == [0, 1, 5, 40, 260]


def test_working_days_between_is_nought_backwards():
    assert working_days_between(CHRISTMAS_EVE, CHRISTMAS_EVE - timedelta(days=30)) == 0


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)]
)
def test_academic_year_starts_in_september(day, year):
    assert academic_year(day) == year


def test_bank_holidays_of_four_years_ship():
    days = BankHoliday.objects.values_list("date", flat=True)

    assert {year: sum(day.year == year for day in days) for year in (2025, 2026, 2027, 2028)} == dict.fromkeys((2025, 2026, 2027, 2028), 8)
    assert [day for day in days if day.weekday() > 4] == []

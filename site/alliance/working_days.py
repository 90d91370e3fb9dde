"""Working days (Monday to Friday less bank holidays) and academic years."""

from __future__ import annotations

from datetime import date, timedelta

from alliance.models import BankHoliday

FIRST_MONTH = 9
DAY = timedelta(days=1)
SATURDAY = 5


def add_working_days(day: date, number: int) -> date:
    """
    The day that is a number of working days after a day; nought gives the day itself.

    Beyond the last year in the table of bank holidays, weekends alone are left out. Raises `ValueError` for a number below nought.
    """
    if number < 0:
        raise ValueError("Working days are only counted forwards.")
    # A week has five working days and few weeks lose more than two of them, so the answer lies well within this span.
    free = _bank_holidays(day, day + timedelta(days=2 * number + 30))
    while number:
        day += DAY
        number -= _is_worked(day, free)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after the first day, up to and with the last; nought when the last is not later."""
    free = _bank_holidays(first, last)
    return sum(_is_worked(first + n * DAY, free) for n in range(1, (last - first).days + 1))


def last_day_with_notice(day: date, number: int) -> date:
    """
    The last day from which `working_days_between` it and a day are at least a number; nought gives the day itself.

    Raises `ValueError` for a number below nought.
    """
    if number < 0:
        raise ValueError("Notice is nought or more.")
    free = _bank_holidays(day - timedelta(days=2 * number + 30), day)
    while number:
        number -= _is_worked(day, free)
        day -= DAY
    return day


def academic_year(day: date) -> int:
    """The year in which the academic year of a day starts: 1 September to 31 August."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def bank_holidays(first: date, last: date) -> dict[date, str]:
    """The bank holidays of a span, both ends in it, with their names."""
    return dict(BankHoliday.objects.filter(date__range=(first, last)).values_list("date", "name"))


def _is_worked(day: date, free: set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in free


def _bank_holidays(first: date, last: date) -> set[date]:
    return set(bank_holidays(first, last))

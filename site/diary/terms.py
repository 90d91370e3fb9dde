"""On which days a school is closed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from alliance.models import BankHoliday, School
from alliance.working_days import SATURDAY, academic_year
from diary.models import Closure, TermDate


def closed_because(school: School, days: Iterable[date]) -> dict[date, str]:
    """
    Of these days those on which the school is closed, each with the reason in words. Three queries, however many days.

    Where no terms are known for the local authority and the academic year of a day, only weekends, bank holidays and closures close it.
    """
    wanted = sorted(set(days))
    if not wanted:
        return {}
    first, last = wanted[0], wanted[-1]
    holidays = dict(BankHoliday.objects.filter(date__range=(first, last)).values_list("date", "name"))
    years = range(academic_year(first), academic_year(last) + 2)  # a term may begin in the last days of the year before its own
    code = school.local_authority_code
    terms = list(TermDate.objects.filter(local_authority_code=code, academic_year__in=years)) if code else []
    own = Q(school=school) | (Q(school=None, local_authority_code=code) if code else Q(pk=None))
    closures = list(Closure.objects.filter(own, first_day__lte=last, last_day__gte=first).order_by("first_day"))
    found = {day: _reason(day, holidays, terms, closures) for day in wanted}
    return {day: reason for day, reason in found.items() if reason}


def _reason(day: date, holidays: dict[date, str], terms: list[TermDate], closures: list[Closure]) -> str:
    if day.weekday() >= SATURDAY:
        return _("This is a weekend.")
    if day in holidays:
        return _("This is a bank holiday: %(name)s.") % {"name": holidays[day]}
    if closure := next((one for one in closures if one.first_day <= day <= one.last_day), None):
        return _("The school is closed: %(name)s.") % {"name": closure.name}
    is_known = any(term.academic_year == academic_year(day) for term in terms)
    if is_known and not any(term.first_day <= day <= term.last_day for term in terms):
        return _("This is outside term.")
    return ""

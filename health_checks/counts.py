"""Counts of days and of what records found, by academic year. What the days of fewer than five schools found is kept back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alliance.working_days import academic_year
from health_checks.enums import DayState, Verdict
from health_checks.models import Day, Feedback, RecordText

FEWEST = 5
"""Of the days of fewer schools in a year somebody could guess whose they are."""


@dataclass(frozen=True)
class YearCounts:
    """One academic year: pairs of a label and a number."""

    label: str
    days: list[tuple[str, int]]
    verdicts: list[tuple[str, int]]
    usefulness: list[tuple[str, int]]
    is_kept_back: bool
    """Whether there were too few schools to say what their days found."""


def counts_by_year() -> list[YearCounts]:
    """The latest year first. Three queries."""
    days: dict[int, Counter[str]] = {}
    schools: dict[int, set[str]] = {}
    for day, state, school in Day.objects.values_list("date", "state", "series__case__supported_school"):
        days.setdefault(academic_year(day), Counter())[state] += 1
        if state == DayState.SIGNED_OFF:
            schools.setdefault(academic_year(day), set()).add(school)
    verdicts = _verdicts()
    useful: dict[int, Counter[int]] = {}
    for day, usefulness in Feedback.objects.values_list("day__date", "usefulness"):
        useful.setdefault(academic_year(day), Counter())[usefulness] += 1
    return [
        _counts(year, days[year], verdicts.get(year, Counter()), useful.get(year, Counter()), schools=len(schools.get(year, ())))
        for year in sorted(days, reverse=True)
    ]


def _verdicts() -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    signed = RecordText.objects.filter(record__school_signed_at__isnull=False).values_list("record__day__date", "verdicts")
    for day, entries in signed:
        found.setdefault(academic_year(day), Counter()).update(entry["verdict"] for entry in entries.values() if entry.get("verdict"))
    return found


def _counts(year: int, days: Counter[str], verdicts: Counter[str], useful: Counter[int], *, schools: int) -> YearCounts:
    too_few = schools < FEWEST
    labels: list[Any] = [(_("Found: %(verdict)s") % {"verdict": one.label}, verdicts[one]) for one in Verdict]
    return YearCounts(
        label=f"{year}/{(year + 1) % 100:02}",
        days=[(str(state.label), days[state]) for state in DayState if days[state]],
        verdicts=[] if too_few else labels,
        usefulness=[] if too_few else [(_("Usefulness %(stars)d of 5") % {"stars": stars}, useful[stars]) for stars in range(5, 0, -1)],
        is_kept_back=too_few,
    )

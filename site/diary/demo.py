"""The demo's diary: terms, a year for every leader, and some days on which leaders are away."""

from __future__ import annotations

from datetime import date, timedelta

from alliance.models import School
from alliance.working_days import FIRST_MONTH, academic_year, add_working_days
from common.demo import World
from diary.actions.set_allowance import set_allowance
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import USUAL_ALLOWANCE, Closure, TermDate

ALLOWANCES = {"leader": 40, "leader4": 24, "leader10": 12}
"""Half days a year, where they are not the usual ones."""
TERMS = [
    ("Autumn term", ("09-02", "12-18"), ("10-24", "11-01")),
    ("Spring term", ("01-04", "03-26"), ("02-13", "02-21")),
    ("Summer term", ("04-12", "07-21"), ("05-29", "06-06")),
]
"""Name, first and last day, first and last day of the half term, each as month and day: much the same every year."""
LEAVE = [("leader", 6, [Half.AM, Half.PM]), ("leader2", 9, [Half.PM]), ("leader4", 12, [Half.AM, Half.PM]), ("leader9", 15, [Half.AM])]
"""Who is away, how many working days from now, which halves."""


def load_demo(world: World) -> None:
    """Give the demo's leaders this academic year's and the next one's allowance, and take their leave."""
    _load_terms(world)
    lead = world.people["lead"]
    this_year = academic_year(world.today)
    for key, leader in world.leaders.items():
        for year in (this_year, this_year + 1):
            allowance = ALLOWANCES.get(key, USUAL_ALLOWANCE)
            set_allowance(leader=leader, academic_year=year, allowance=allowance, by=lead, at=world.now, reason="Agreed for the year")
    for key, days, halves in LEAVE:
        if key in world.leaders:
            day = add_working_days(world.today, days)
            _take_leave(world, key, day, halves)


def _take_leave(world: World, key: str, day: date, halves: list[Half]) -> None:
    leader = world.leaders[key]
    take_halves(
        leader=leader,
        halves=[(day, half) for half in halves],
        kind=SourceKind.LEAVE,
        reference=f"LEAVE-{day:%Y%m%d}-{leader.pk}",
        by=leader.user,
        at=world.now - timedelta(days=1),
    )


def _load_terms(world: World) -> None:
    """Terms and half terms of the demo's local authorities, this academic year and the next."""
    first_year = academic_year(world.today)
    codes = School.objects.exclude(local_authority_code="").order_by().values_list("local_authority_code", flat=True).distinct()
    for code in sorted(codes):
        for year in (first_year, first_year + 1):
            for name, (first, last), (off, back) in TERMS:
                _load_term(code, year, name, (first, last), (off, back))


def _load_term(code: str, year: int, name: str, term: tuple[str, str], half_term: tuple[str, str]) -> None:
    first, last, off, back = (_day_of(year, text) for text in (*term, *half_term))
    TermDate.objects.create(local_authority_code=code, academic_year=year, name=name, first_day=first, last_day=last)
    Closure.objects.create(local_authority_code=code, name=f"{name} half term", first_day=off, last_day=back)


def _day_of(year: int, text: str) -> date:
    """A day (`month-day`) of the academic year that starts in a year."""
    month, day = (int(part) for part in text.split("-"))
    return date(year if month >= FIRST_MONTH else year + 1, month, day)

"""What days cost: shown before booking, frozen when asked for, kept when quoted (H1, H6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from alliance.models import School, SystemLeader
from common.in_words import day_to_keep
from finance.enums import Service
from finance.models import CancellationPolicy, QuoteLine
from finance.money import NOTHING
from finance.pricing import Buyer, Override, PricedLine, QuoteLineWanted, price_lines
from finance.queries import rate_in_force
from health_checks.enums import DayPart
from health_checks.models import Assignment, Day, Series


@dataclass(frozen=True)
class DayWanted:
    """A day that a school thinks of."""

    date: date
    part: DayPart


@dataclass(frozen=True)
class Indication:
    """What days would cost at most, line by line; the designation it is reckoned with is the dearest of those that suit."""

    lines: list[PricedLine]
    is_at_most: bool

    @property
    def total(self) -> Decimal:
        """Pounds before VAT."""
        return sum((line.charge for line in self.lines), NOTHING)


def buyer_of(school: School | None) -> Buyer | None:
    return Buyer(school, Service.HEALTH_CHECK) if school else None


def indication_for(days: Sequence[DayWanted], *, school: School | None, designations: Iterable[str]) -> Indication:
    """
    What the days cost at the rates and the discount in force on each of them. Nothing is stored.

    Raises `finance.pricing.NoRateInForce` where none of the designations has a rate on a day.
    """
    wanted = [str(one) for one in designations]
    lines = lines_shown(days, wanted)
    return Indication(price_lines(lines, on=days[0].date, buyer=buyer_of(school)) if lines else [], is_at_most=len(wanted) > 1)


def lines_shown(days: Sequence[DayWanted], designations: Sequence[str]) -> list[QuoteLineWanted]:
    """A line for each day, by the dearest of the designations on that day, so that no quote within the wish is dearer."""
    dearest = {day: _dearest(designations, day) for day in {day.date for day in days}}
    return [
        QuoteLineWanted(
            description=_("Health check, %(day)s, %(part)s") % {"day": day_to_keep(day.date), "part": day.part.label},
            half_days=day.part.half_days,
            designation=dearest[day.date],
            serves_on=day.date,
        )
        for day in days
    ]


def _dearest(designations: Sequence[str], day: date) -> str:
    rates = {designation: rate_in_force(designation, day) for designation in designations}
    charges = {designation: rate.full_day for designation, rate in rates.items() if rate}
    return max(charges, key=lambda designation: charges[designation]) if charges else designations[0]


def lines_of(series: Series, assignments: Iterable[Assignment]) -> list[QuoteLineWanted]:
    """
    A line for each leader on each day. For the first leader of a day it is no more than the school saw: the very line for one of the
    designation it was reckoned with, the rates for another unless they are dearer. A second leader is priced by the rates.
    """
    lines, kept_for = [], set()
    for assignment in assignments:
        day, wanted = assignment.day, line_at_rates(assignment.day, assignment.leader, assignment.designation)
        if day.shown_line is not None and day.pk not in kept_for:
            kept_for.add(day.pk)
            wanted = _no_dearer_than(day.shown_line, wanted, buyer_of(series.case.supported_school))
        lines.append(wanted)
    return lines


def _no_dearer_than(shown: QuoteLine, wanted: QuoteLineWanted, buyer: Buyer | None) -> QuoteLineWanted:
    """The line that was shown, or one by the rates that costs no more."""
    if shown.designation == wanted.designation and shown.half_days == wanted.half_days:
        return replace(wanted, kept=shown)
    (priced,) = price_lines([wanted], on=wanted.serves_on or shown.served_on, buyer=buyer)
    if priced.charge <= shown.charge:
        return wanted
    share = min(priced.supporting_share, shown.charge)
    return replace(wanted, override=Override(shown.charge, share, _("No more than the school was shown.")))


def line_at_rates(day: Day, leader: SystemLeader, designation: str) -> QuoteLineWanted:
    """A line for a leader on a day, by the rates in force then."""
    return QuoteLineWanted(
        description=_("Health check, %(day)s, %(part)s, %(leader)s")
        % {"day": day_to_keep(day.date), "part": DayPart(day.part).label, "leader": leader},
        half_days=day.half_days,
        designation=designation,
        leader=leader,
        serves_on=day.date,
    )


def priced_lines_of(day: Day) -> list[QuoteLine]:
    """The frozen lines of those who conduct the day."""
    standing = day.assignments.standing().exclude(quote_line=None).select_related("quote_line", "leader__user", "supporting_school")
    return [assignment.quote_line for assignment in standing if assignment.quote_line]


def price_of(day: Day) -> Decimal:
    """Pounds before VAT, as frozen; nothing before there is a quote."""
    return sum((line.charge for line in priced_lines_of(day)), NOTHING)


def policy_on(day: date) -> CancellationPolicy | None:
    """The cancellation policy in force on a day."""
    policy: CancellationPolicy | None = CancellationPolicy.objects.on(day, service=Service.HEALTH_CHECK)
    return policy

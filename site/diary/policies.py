"""When a half day may be taken, and the rows that are locked while it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.actions import Refusal
from diary.enums import Half
from diary.models import HalfDay, LeaderYear, WhichHalf


class HalfTaken(Refusal):
    """Somebody has the half day already. For whom is confidential, so it is never said."""


class AllowanceUsedUp(Refusal):
    """The leader has not so many half days left in the academic year."""


class AllowanceIsTaken(Refusal):
    """More half days are taken than the allowance would be."""


def half_in_words(half: WhichHalf) -> str:
    """`the morning of 3 March 2027`."""
    day = formats.date_format(half[0], "j F Y")
    return _("the morning of %(day)s") % {"day": day} if half[1] == Half.AM else _("the afternoon of %(day)s") % {"day": day}


def locked_years(leader: int, years: Iterable[int]) -> dict[int, LeaderYear]:
    """
    The years of a leader (by key), made where missing, locked until the transaction ends.

    Everything that takes or gives back halves of a leader goes through here first, so that two such changes follow
    each other instead of waiting for each other's rows.
    """
    wanted = sorted(set(years))
    for year in wanted:
        LeaderYear.objects.get_or_create(leader_id=leader, academic_year=year)
    found = LeaderYear.objects.select_for_update(of=("self",)).filter(leader=leader, academic_year__in=wanted).order_by("academic_year")
    return {row.academic_year: row for row in found}


def lock_years_of(leaders: Iterable[int], years: Iterable[int]) -> None:
    """
    Lock these years of several leaders (by key), in the order of leaders, then years.

    For a change that gives halves back in one year and takes some in another: two of them in opposite directions would otherwise lock the
    first year of each and wait for the other's.
    """
    wanted = sorted(set(years))
    for leader in sorted(set(leaders)):
        locked_years(leader, wanted)


def insert_half(row: HalfDay) -> HalfDay:
    """Save a new row. Raises `HalfTaken` when somebody has the half: the unique constraint says so, not a look beforehand."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        if not HalfDay.objects.filter(leader=row.leader, date=row.date, half=row.half).exists():
            raise
        raise half_taken((row.date, Half(row.half))) from clash
    return row


def half_taken(half: WhichHalf) -> HalfTaken:
    sentence = _("This leader is no longer free on %(half)s. Choose another time or another leader.")
    return HalfTaken(sentence % {"half": half_in_words(half)})


def move_taken(year: LeaderYear, by: int) -> None:
    """Count half days of a locked year in (or, below nought, out). Raises `AllowanceUsedUp`: the check constraint decides."""
    if not by:
        return
    left = year.remaining
    year.taken += by
    try:
        with transaction.atomic():
            year.save()
    except IntegrityError as over:
        if year.taken <= year.allowance:
            raise
        raise AllowanceUsedUp(
            ngettext(
                "This leader can give %(left)d more half day in the academic year from September %(year)d, which is too few.",
                "This leader can give %(left)d more half days in the academic year from September %(year)d, which is too few.",
                left,
            )
            % {"left": left, "year": year.academic_year}
        ) from over


def sorted_halves(halves: Iterable[tuple[date, Half | str]]) -> list[WhichHalf]:
    """Each half once, in the order of time."""
    return sorted({(day, Half(half)) for day, half in halves})

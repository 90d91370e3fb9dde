"""When leaders are taken: one row a leader, date and half day, and how much of a year they may give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alliance.models import SystemLeader
from common.history import History
from diary.enums import Half, SourceKind

USUAL_ALLOWANCE = 30
"""Half days a leader gives in an academic year unless told otherwise: 15 days, the usual figure."""

WhichHalf = tuple[date, Half]
"""One half of one day."""


class HalfDayQuerySet(models.QuerySet["HalfDay"]):
    def lapsed(self, at: datetime) -> Self:
        """Holds whose time is over: as good as free, until somebody takes the half or the job removes the row."""
        return self.filter(held_until__lte=at)

    def taken(self, at: datetime) -> Self:
        """Firm rows, and holds that have not lapsed."""
        return self.filter(Q(held_until=None) | Q(held_until__gt=at))

    def at_halves(self, halves: Iterable[WhichHalf]) -> Self:
        """The rows at these halves."""
        conditions = [Q(date=day, half=half) for day, half in halves]
        return self.filter(reduce(or_, conditions)) if conditions else self.none()

    def of_source(self, kind: SourceKind, reference: str) -> Self:
        return self.filter(source_kind=kind, source_reference=reference)

    def in_academic_years(self, years: Iterable[int]) -> Self:
        """Rows of academic years, each named by the year it starts in (1 September to 31 August)."""
        spans = [Q(date__range=(date(year, 9, 1), date(year + 1, 8, 31))) for year in years]
        return self.filter(reduce(or_, spans)) if spans else self.none()


class HalfDay(models.Model):
    """
    Half a day of a leader that is taken. A full day is two rows.

    The unique constraint is what makes double booking impossible across all apps (H2). `held_until` is the end of a
    hold; a firm row has none. The source is named by text, so that the diary knows no app above it.
    """

    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="half_days", verbose_name=_("leader"))
    date = models.DateField(_("date"))
    half = models.CharField(_("half"), max_length=2, choices=Half.choices)
    source_kind = models.CharField(_("taken for"), max_length=20, choices=SourceKind.choices)
    source_reference = models.CharField(_("reference"), max_length=60)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)

    history = History()
    wagtail_reference_index_ignore = True
    objects = HalfDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("half day")
        verbose_name_plural = _("half days")
        ordering = ["-date", "-half", "leader"]
        indexes = [
            models.Index(fields=["source_kind", "source_reference"], name="half_days_of_source"),
            models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="half_days_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["leader", "date", "half"], name="one_taker_per_half_day"),
            models.CheckConstraint(condition=Q(half__in=Half.values), name="half_is_known"),
            models.CheckConstraint(condition=Q(source_kind__in=SourceKind.values), name="half_day_source_is_known"),
            models.CheckConstraint(condition=~Q(source_reference=""), name="half_day_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {date_format(self.date, 'j F Y')} {self.half}"


class LeaderYear(models.Model):
    """
    How many half days a leader may give in an academic year, and how many are taken, holds included and leave not.

    `academic_year` is the year it starts in. `taken` moves with the rows of `HalfDay`, in their transaction.
    """

    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="years", verbose_name=_("leader"))
    academic_year = models.PositiveSmallIntegerField(_("academic year from"))
    allowance = models.PositiveSmallIntegerField(_("allowance"), default=USUAL_ALLOWANCE, help_text=_("Half days."))
    taken = models.PositiveSmallIntegerField(_("taken"), default=0, help_text=_("Half days."))

    history = History()

    class Meta:
        verbose_name = _("leader’s year")
        verbose_name_plural = _("leaders’ years")
        ordering = ["-academic_year", "leader"]
        permissions = [("allow_leaderyear", "Can change how much of a year a leader gives")]
        constraints = [
            models.UniqueConstraint(fields=["leader", "academic_year"], name="one_row_per_leader_and_year"),
            models.CheckConstraint(condition=Q(taken__gte=0) & Q(taken__lte=F("allowance")), name="taken_is_within_the_allowance"),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {self.academic_year}/{(self.academic_year + 1) % 100:02}"

    @property
    def remaining(self) -> int:
        """Half days that may still be taken."""
        return self.allowance - self.taken

"""Rows in force between two dates."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """Rows in force on a day; both the first and the last day count."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Rows that share at least one day with a span; one without a last day goes on for ever."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        return found.filter(starts_on__lte=ends_on) if ends_on else found


class Dated(models.Model):
    """A fact with a first and, perhaps, a last day. Facts end; they are not deleted."""

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The last day cannot be before the first day."),
    )

"""The steps of a booking: those of the portal, on a series, one of its days, or one leader of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet

from alliance.models import User
from health_checks.models import Assignment, Brief, Day, Series
from health_checks.standing import reader_of
from health_checks.transitions import Mover
from portal import steps as portal_steps
from portal.steps import Belongs


@dataclass(frozen=True)
class Step(portal_steps.Step):
    namespace: ClassVar[str] = "health_checks"
    shows_only_what_is_offered: ClassVar[bool] = True


def mover(kind: Mover) -> Belongs:
    """Whoever may make moves of this kind; on a day, or on a leader of one, as that day has it. The action asks the database again."""

    def belongs(user: User, series: Series, target: Any, on: date) -> bool:
        return reader_of(user, series, on).may(kind, day_of(target))

    return belongs


def latest_brief(day: Day) -> Brief | None:
    """The last version, with no query where `days_of` read it."""
    versions: list[Brief] | None = getattr(day, "versions", None)
    return day.briefs.first() if versions is None else (versions[0] if versions else None)


def day_of(target: Any) -> Day | None:
    return target.day if isinstance(target, Assignment) else target if isinstance(target, Day) else None


def days_of(series: Series) -> QuerySet[Day]:
    """The days of a booking, with all that steps and pages look at: a fixed number of queries, however many days."""
    standing = Assignment.objects.standing().select_related("leader__user", "supporting_school", "quote_line").order_by("pk")
    days = series.days.select_related(
        "series__case__supported_school", "record__text", "record__not_signed_by", "shown_line", "feedback", "waived_by", "successor"
    )
    return days.order_by("date", "part", "pk").prefetch_related(
        Prefetch("assignments", standing, to_attr="standing"),
        Prefetch("briefs", Brief.objects.select_related("school_agreed_by", "leader_agreed_by").order_by("-version"), to_attr="versions"),
        "record__shares",
    )


def assignments_of(series: Series) -> QuerySet[Assignment]:
    """Who conducts the days, or is to."""
    standing = Assignment.objects.standing().filter(day__series=series)
    return standing.select_related("day__series__case__supported_school", "leader__user", "supporting_school").order_by("day__date", "pk")

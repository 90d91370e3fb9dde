"""Whether the leader of a day can still conduct it, and by which designation."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from alliance.models import SystemLeader
from health_checks.matching import barred_from, candidates_for, designations_on, suitable_leaders
from health_checks.models import Assignment, Day


def is_gone(assignment: Assignment) -> bool:
    """Whether the account is off, the person leads no more, or holds nothing on the date of the day by which they could come."""
    leader, day = assignment.leader, assignment.day
    if not (leader.is_active and leader.user.is_active):
        return True
    return not suiting_designations(leader, day, on=day.date)


def is_barred_since(assignment: Assignment) -> bool:
    """Whether the leader may not come to the school any more: an interest was declared, or a role or a trust is the same now (H2)."""
    school = assignment.day.series.case.supported_school
    return school is not None and assignment.leader_id in barred_from(school, [assignment.leader])


def suiting_designations(leader: SystemLeader, day: Day, *, on: date) -> list[str]:
    """What the leader holds on a date of what the school asked for."""
    return [name for name in designations_on([leader], on)[leader.pk] if name in day.series.wanted_designations]


def causes_against(day: Day, leaders: list[SystemLeader], *, at: datetime) -> dict[int, str]:
    """
    Leader's key → what speaks against their coming to a day that they are not on yet, in words: designation, interest, school, time,
    allowance. Those against whom nothing speaks are left out.
    """
    ranked = {one.leader.pk: " ".join(one.causes) for one in candidates_for(day, at=at)}
    unknown = _("This leader is not available for health check days.")
    return {leader.pk: cause for leader in leaders if (cause := ranked.get(leader.pk, unknown))}


def fitting_leaders(day: Day, *, on: date) -> list[SystemLeader]:
    """Leaders whom nothing bars from the school and who hold on a date what it asked for; their time is not looked at."""
    school = day.series.case.supported_school
    return suitable_leaders(school, day.series.wanted_designations, on=on) if school else []


def fits(leader: SystemLeader, day: Day, *, on: date) -> bool:
    return leader.pk in {one.pk for one in fitting_leaders(day, on=on)}


def finishers_for(day: Day, *, on: date) -> list[SystemLeader]:
    """Who could finish the record of a day that has begun, in place of those who are on it."""
    there = set(day.assignments.standing().values_list("leader", flat=True))
    return [leader for leader in fitting_leaders(day, on=on) if leader.pk not in there]

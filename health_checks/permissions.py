"""Who may make a move or take a step. When it may be made is for the tables of moves and the policies."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from alliance.enums import Power
from alliance.models import School, User
from alliance.queries import is_head_of, schools_of
from alliance.roles import Role, has_role
from cases.barred import is_barred_from
from common.actions import Actor, By
from health_checks.enums import DayState
from health_checks.models import Day, Series
from health_checks.transitions import Mover

STAFF_ROLES = (Role.S2S_LEAD, Role.BROKER)


def is_staff_for(user: User, series: Series) -> bool:
    """Alliance staff without a tie to the school: declared on the case, or a role there, whether verified or claimed."""
    return (
        has_role(user, *STAFF_ROLES) and not is_barred_from(user, series.case) and not belongs_to_school(user, series.case.supported_school)
    )


def belongs_to_school(user: User, school: School | None) -> bool:
    """Whether somebody has, or says to have, a role at the school."""
    return school is not None and user.school_roles.filter(school=school, declined_at=None, ends_on=None).exists()


def books_for(user: User, series: Series, on: date) -> bool:
    """Whoever may book for the school by a verified role."""
    return series.case.supported_school in schools_of(user, on, Power.BOOK)


def is_head_for(user: User, series: Series, on: date) -> bool:
    """The head of the school, or who acts for the head."""
    school = series.case.supported_school
    return school is not None and is_head_of(user, school, on)


def leads_day(user: User, day: Day) -> bool:
    """A leader who conducts the day; those of one that was moved are its successor's."""
    return day.state != DayState.RESCHEDULED and day.assignments.standing().filter(leader__user=user).exists()


def belongs_to(by: By, mover: Mover, series: Series, on: date, day: Day | None = None) -> bool:
    """Whether somebody is what a move asks for. `SYSTEM` moves follow from what others did, and are nobody's to ask for."""
    user: User | None = Actor.of(by).user
    if mover is Mover.SYSTEM or user is None or not user.is_active:
        return False
    staff, school = is_staff_for(user, series), books_for(user, series, on)
    leader = day is not None and leads_day(user, day)
    return {
        Mover.STAFF: staff,
        Mover.SCHOOL: school,
        Mover.SCHOOL_OR_STAFF: school or staff,
        Mover.LEADER: leader,
        Mover.LEADER_OR_STAFF: leader or staff,
        Mover.ANYBODY: staff or school or leader,
    }[mover]


def check_user_is(by: By, mover: Mover, series: Series, on: date, day: Day | None = None) -> User:
    """Raise `PermissionDenied` unless `by` is it; returns the person."""
    user: User | None = Actor.of(by).user
    if user is None or not belongs_to(by, mover, series, on, day):
        raise PermissionDenied
    return user


def check_is_head(by: By, series: Series, on: date) -> User:
    """Raise `PermissionDenied` unless `by` is the head of the school or acts for the head; returns the person."""
    user: User | None = Actor.of(by).user
    if user is None or not user.is_active or not is_head_for(user, series, on):
        raise PermissionDenied
    return user

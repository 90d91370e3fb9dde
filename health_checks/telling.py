"""Whom a booking writes to: an e-mail says that something waits or happened, never what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum, auto

from django.utils import timezone

from alliance.enums import Power
from alliance.models import School, SchoolRole, User
from alliance.queries import told_of_requests
from alliance.roles import has_role
from health_checks.models import Day, Series
from health_checks.permissions import STAFF_ROLES
from outbox.actions.write_message import write_message

YOUR_TURN, NEWS, INVITATION, REMINDER = "health_check_turn", "health_check_news", "health_check_invitation", "health_check_reminder"
CREDIT = "health_check_credit"


class Reminder(StrEnum):
    """What a message of the kind `REMINDER` is for."""

    A_WEEK, A_DAY, SIGN_IT, SIGN_IT_STILL, FEEDBACK = auto(), auto(), auto(), auto(), auto()


def people_who_book(school: School | None, on: date) -> list[User]:
    """Active people whose verified role lets them book for the school on a day."""
    if school is None:
        return []
    roles = SchoolRole.objects.live(on).filter(school=school, user__is_active=True).select_related("user", "kind").order_by("user")
    return list({role.user: None for role in roles if Power.BOOK in role.kind.powers})


def asker_is_verified(series: Series, on: date) -> bool:
    """Whether whoever asked for the days books for the school by a verified role."""
    return series.requested_by in people_who_book(series.case.supported_school, on)


def heads_of(school: School | None, on: date) -> list[User]:
    """The head and who acts for the head."""
    if school is None:
        return []
    roles = SchoolRole.objects.live(on).filter(school=school, kind__acts_for_head=True, user__is_active=True).select_related("user")
    return list({role.user: None for role in roles.order_by("user")})


def leaders_of(day: Day) -> list[User]:
    """Those who conduct the day."""
    return [assignment.leader.user for assignment in day.assignments.standing().select_related("leader__user")]


def people_of(day: Day, on: date) -> list[User]:
    """Those who conduct the day, and those who book for its school; each once."""
    people = [*people_who_book(day.series.case.supported_school, on), *leaders_of(day)]
    return list({person.pk: person for person in people}.values())


def staff_of(series: Series) -> list[User]:
    """The owner of the case, or whoever hears of what nobody looks after."""
    owner = series.case.owner
    return [owner] if owner and has_role(owner, *STAFF_ROLES) else list(told_of_requests())


def tell(series: Series, people: Iterable[User], sentence: str, *, at: datetime, kind: str = YOUR_TURN, but: User | None = None) -> None:
    """
    Write one message to each, but not to whoever did it. `sentence` is English, marked for translation, and says nothing
    confidential. Part of an action.
    """
    for person in {person.pk: person for person in people}.values():
        if but is None or person.pk != but.pk:
            write_message(kind=kind, about=series.case, at=at, to=person, sentence=sentence)


def invite(day: Day, *, at: datetime, and_no_longer: Iterable[User] = ()) -> None:
    """
    Send everybody of the day its entry for their calendar: new, changed or cancelled, as it stands at sending. Who is no longer
    one of them gets it as cancelled. Part of an action.
    """
    for person in {person.pk: person for person in [*people_of(day, timezone.localdate(at)), *and_no_longer]}.values():
        write_message(kind=INVITATION, about=day, at=at, to=person)

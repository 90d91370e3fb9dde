"""What is next on a booking, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from alliance.enums import Power
from cases.enums import CaseKind, Side
from cases.models import Case
from cases.turns import TurnWanted, promised_by
from common.in_words import day_to_keep
from health_checks.enums import BOOKED, COMING, DayState, SeriesState
from health_checks.leaders_gone import is_barred_since, is_gone
from health_checks.models import Assignment, Brief, Day, Series
from health_checks.signing import time_to_sign_is_over
from health_checks.telling import asker_is_verified

DAYS = "days"
"""The tab on which it is done."""


def turns_of(case: Case, **kwargs: Any) -> list[TurnWanted]:
    """What a booking asks for. Its own “take it on” stands in place of the core's."""
    if case.kind != CaseKind.HEALTH_CHECK:
        return []
    series = Series.objects.select_related("case__supported_school").filter(case=case).first()
    if series is None:
        return []
    series.case = case
    return [*_of_the_series(series), *(_of_the_days(series) if series.state in BOOKED else ())]


def _of_the_series(series: Series) -> Iterator[TurnWanted]:
    case = series.case
    if series.supports_asked_at and series.supports_answered_at is None:
        sentence, due = N_("Get in touch about more support"), promised_by("FIRST_ANSWER", series.supports_asked_at)
        yield TurnWanted("more-support", Side.ALLIANCE, sentence, due_on=due, tab=DAYS, outlives_case=True)
    if series.state == SeriesState.REQUESTED:
        if asker_is_verified(series, timezone.localdate()):
            sentence = N_("Take the booking on and find leaders")
        else:
            sentence = N_("Check who asks for the school, then find leaders")
        key = "match" if case.owner_id else "take-on"
        yield TurnWanted(key, Side.ALLIANCE, sentence, due_on=promised_by("FIRST_ANSWER", case.opened_at), tab=DAYS)
    elif series.state == SeriesState.MATCHING:
        yield TurnWanted("match", Side.ALLIANCE, N_("Find leaders for the days and send the quote"), tab=DAYS)
    elif series.state == SeriesState.EXPIRED:
        yield TurnWanted("match", Side.ALLIANCE, N_("The quote expired: find leaders again, or ask the school"), tab=DAYS)
    elif series.state == SeriesState.QUOTED and case.supported_school:
        yield TurnWanted(
            f"accept-{series.offered_id}", Side.SCHOOL, N_("Look at the quote and accept it"), school=case.supported_school,
            power=Power.BOOK, due_on=series.quote_expires_on, tab=DAYS,
        )  # fmt: skip


def _of_the_days(series: Series) -> Iterator[TurnWanted]:
    for day in series.days.select_related("record", "successor").order_by("date", "part", "pk"):
        day.series = series
        yield from _turns_of_staff(day)
        if day.state == DayState.CONFIRMED and day.date < timezone.localdate():
            yield _staff_turn(day, f"past-{day.pk}", N_("Say why the health check on %(day)s was not begun, or move it"))
        elif day.state == DayState.CONFIRMED:
            yield from _brief_turns(day)
        elif day.state == DayState.READY:
            yield from _leader_turn(day, f"hold-{day.pk}", N_("Hold the health check on %(day)s"))
        elif day.state == DayState.IN_PROGRESS:
            yield from _leader_turn(day, f"record-{day.pk}", N_("Finish the record of %(day)s and sign it"))
        elif day.state == DayState.DELIVERED:
            yield _school_turn(day, f"sign-off-{day.pk}", N_("Read the record of %(day)s and sign it"), Power.SIGN)


def _turns_of_staff(day: Day) -> Iterator[TurnWanted]:
    """What keeps a day from getting stuck: a leader who is gone, a school that does not sign, a date that is owed."""
    if day.state in COMING:
        for assignment in _standing(day):
            if not _comes(assignment):
                sentence = N_("Name a substitute for %(leader)s on %(day)s")
                yield _staff_turn(day, f"substitute-{assignment.pk}", sentence, leader=str(assignment.leader))
    elif day.state == DayState.IN_PROGRESS and all(is_gone(assignment) for assignment in _standing(day)):
        yield _staff_turn(day, f"hand-over-{day.pk}", N_("Hand over the day of %(day)s, or end it: its leader can no longer finish it"))
    elif day.state == DayState.DELIVERED and time_to_sign_is_over(day.series, day.record, on=timezone.localdate()):
        sentence = N_("The school has not signed the record of %(day)s: ring it, or record that it has not signed")
        yield _staff_turn(day, f"unsigned-{day.pk}", sentence)
    elif day.is_owed_another_date:
        yield _staff_turn(day, f"another-{day.pk}", N_("Offer the school another date for %(day)s"))


def _standing(day: Day) -> Iterator[Assignment]:
    for assignment in day.assignments.standing().select_related("leader__user"):
        assignment.day = day
        yield assignment


def _comes(assignment: Assignment) -> bool:
    """Not if they said that they cannot, are gone or, before the day has begun, have a tie to the school by now."""
    if assignment.cannot_come_at is not None or is_gone(assignment):
        return False
    return assignment.day.state not in COMING or not is_barred_since(assignment)


def _staff_turn(day: Day, key: str, sentence: str, **values: str) -> TurnWanted:
    return TurnWanted(key, Side.ALLIANCE, sentence, {"day": day_to_keep(day.date), **values}, due_on=_due(day), tab=DAYS)


def _brief_turns(day: Day) -> Iterator[TurnWanted]:
    brief: Brief | None = day.briefs.first()
    sentence = N_("Agree the brief for %(day)s")
    if brief is None or brief.school_agreed_at is None:
        yield _school_turn(day, f"brief-school-{day.pk}", sentence, Power.BOOK)
    if brief is None or brief.leader_agreed_at is None:
        yield from _leader_turn(day, f"brief-leader-{day.pk}", sentence)


def _school_turn(day: Day, key: str, sentence: str, power: Power) -> TurnWanted:
    school = day.series.case.supported_school
    return TurnWanted(key, Side.SCHOOL, sentence, {"day": day_to_keep(day.date)}, school=school, power=power, due_on=_due(day), tab=DAYS)


def _leader_turn(day: Day, key: str, sentence: str) -> Iterator[TurnWanted]:
    """Every leader of the day is asked who comes; any of them may do it."""
    for assignment in _standing(day):
        if not _comes(assignment):
            continue
        values = {"day": day_to_keep(day.date)}
        person = assignment.leader.user
        yield TurnWanted(f"{key}-{assignment.pk}", Side.PERSON, sentence, values, person=person, due_on=_due(day), tab=DAYS)


def _due(day: Day) -> Any:
    """Everything before a day falls due on it; what comes after has no day."""
    return day.date if day.state in (DayState.CONFIRMED, DayState.READY) else None

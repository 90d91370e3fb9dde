"""Both sides agree the same brief before the day starts, and anything that changes asks both again (H4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.start_day import start_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.actions.write_brief import write_brief
from health_checks.enums import DayState
from health_checks.models import Day, Record
from health_checks.policies import BriefChanged, NotNow, NotReady
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking, at_day, make_leader
from tests.factories.people import make_head, make_school

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)
ON_THE_DAY = at_day(FIRST)


def edit(day, version, by, area="Writing"):
    return write_brief(
        day=day, version=version, area=area, statements=[], activities=["Talks"], outcomes=["A view"], by=by, at=SOON
    )  # fmt: skip


@pytest.fixture
def booked() -> Booking:
    booking = Booking()
    booking.book()
    return booking


@pytest.fixture
def ready() -> Booking:
    booking = Booking()
    booking.ready()
    return booking


def test_an_incomplete_brief_cannot_be_agreed_to(booked):
    with pytest.raises(NotReady) as refusal:
        agree_brief(day=booked.day, version=1, by=booked.head, at=SOON)

    assert str(refusal.value) == "The brief has no activity. The brief has no outcome."


def test_a_day_is_ready_once_both_agreed_to_the_same_version(booked):
    booked.brief()
    agree_brief(day=booked.day, version=2, by=booked.head, at=SOON)
    one_side = booked.day.state
    agree_brief(day=booked.day, version=2, by=booked.leader.user, at=SOON)

    assert (one_side, booked.day.state, booked.day.brief_agreed_at) == (DayState.CONFIRMED, DayState.READY, SOON)


def test_an_older_version_is_not_agreed_to(booked):
    booked.brief()
    edit(booked.day, 2, booked.head)

    with pytest.raises(BriefChanged):
        agree_brief(day=booked.day, version=2, by=booked.leader.user, at=SOON)


def test_of_two_who_edit_the_second_is_told(booked):
    edit(booked.day, 1, booked.head)

    with pytest.raises(BriefChanged):
        edit(booked.day, 1, booked.leader.user, area="Mathematics")

    assert booked.day.briefs.first().area == "Writing"


def test_an_edit_asks_both_again(ready):
    edit(ready.day, 2, ready.head)

    brief = ready.day.briefs.first()
    assert (ready.day.state, ready.day.brief_agreed_at, brief.school_agreed_at, brief.leader_agreed_at) == (
        DayState.CONFIRMED,
        None,
        None,
        None,
    )


def test_saving_the_same_text_changes_nothing(ready):
    before = ready.day.briefs.first()
    write_brief(
        day=ready.day, version=before.version, area=before.area, activities=before.activities, outcomes=[row["text"] for row in before.outcomes],
        statements=_statements(before), by=ready.head, at=SOON,
    )  # fmt: skip

    assert (ready.day.state, ready.day.briefs.count()) == (DayState.READY, 2)


def _statements(brief):
    from health_checks.brief_text import Statement

    return [Statement(row["section"], row["title"], row["judgement"], row["needs"]) for row in brief.statements]


def test_another_date_asks_both_again(ready):
    successor = reschedule_day(day=ready.day, to=FIRST + timedelta(weeks=1), by=ready.head, at=SOON, reason="An inspection")

    brief = successor.briefs.first()
    assert (successor.state, brief.is_agreed, brief.area) == (DayState.CONFIRMED, False, "Early reading")


def test_another_leader_asks_both_again(ready):
    other = make_leader()
    substitute_leader(assignment=ready.day.assignments.get(), leader=other, by=ready.lead, at=SOON, reason="Ill")

    assert (ready.day.state, ready.day.briefs.first().is_agreed) == (DayState.CONFIRMED, False)


def test_a_day_that_is_not_ready_does_not_start(booked):
    with pytest.raises(NotReady):
        start_day(day=booked.day, by=booked.leader.user, at=ON_THE_DAY)

    assert (booked.day.state, Record.objects.count()) == (DayState.CONFIRMED, 0)


def test_a_day_does_not_start_before_its_date(ready):
    with pytest.raises(NotReady):
        start_day(day=ready.day, by=ready.leader.user, at=ON_THE_DAY - timedelta(days=1))

    assert ready.day.state == DayState.READY


def test_a_day_does_not_start_at_a_moment_before_it_was_agreed(ready):
    """Told a moment that lies before the agreement, on whatever day, it is refused."""
    day = ready.day
    Day.objects.filter(pk=day.pk).update(date=NOON.date())

    with pytest.raises(NotReady):
        start_day(day=ready.day, by=ready.leader.user, at=NOON)


def test_the_database_lets_no_day_begin_without_an_agreed_brief(booked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Day.objects.filter(pk=booked.day.pk).update(state=DayState.IN_PROGRESS, started_at=ON_THE_DAY, started_by=booked.head)


def test_the_database_lets_no_day_begin_before_its_agreement(ready):
    with pytest.raises(IntegrityError), transaction.atomic():
        Day.objects.filter(pk=ready.day.pk).update(state=DayState.IN_PROGRESS, started_at=NOON, started_by=ready.head)


@pytest.mark.parametrize("who", ["the lead", "another head", "a leader who is not on the day"])
def test_others_agree_to_nothing(booked, who):
    booked.brief()
    person = {"the lead": booked.lead, "another head": make_head(make_school()), "a leader who is not on the day": make_leader().user}[who]

    with pytest.raises(PermissionDenied):
        agree_brief(day=booked.day, version=2, by=person, at=SOON)


def test_a_brief_is_not_written_once_the_day_began():
    booking = Booking()
    booking.start()

    with pytest.raises(NotNow):
        edit(booking.day, 2, booking.head)

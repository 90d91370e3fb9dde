"""Visits in calendar feeds: those of the leader and of the supported school, stable, kept when cancelled, gone with the role."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliance.models import School, SchoolRole, User
from diary.actions.make_calendar_feed import make_calendar_feed
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.enums import Stage
from tests.conftest import NOON
from tests.factories.kept import kept
from tests.factories.people import make_head, make_school
from tests.factories.projects import VISIT_ON, Cast, reach

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _now(time_machine) -> None:
    time_machine.move_to(NOON)


@pytest.fixture
@kept
def cast() -> Cast:
    """A team in brokering, with a visit in the morning of `VISIT_ON`; another project has one that nobody here may see."""
    other = Cast(lead=(cast := Cast()).lead)
    for one in (other, cast):
        reach(one, Stage.BROKERING)
        one.put_team_together()
    return cast


def address(subject: User | School, by: User) -> str:
    return reverse("calendar_feed", args=[make_calendar_feed(subject=subject, by=by, at=NOON)])


def events(feed: str) -> list[tuple[str, int, str, str]]:
    """(uid, sequence, status, title) of each event."""
    content = Client().get(feed).content
    return [
        (str(event["uid"]), int(event["sequence"]), str(event["status"]), str(event["summary"]))
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]


def role_of(cast) -> SchoolRole:
    """The head's, on which the school's feed hangs."""
    return SchoolRole.objects.get(user=cast.head, school=cast.school)


def test_leader_and_school_see_the_visit_and_no_other_schools(cast):
    stranger = make_head(make_school())
    title = f"Visit to {cast.school.name}"
    feeds = [
        address(cast.leader.user, cast.leader.user), address(cast.head, cast.head), address(role_of(cast), cast.head), address(stranger, stranger),
        address(cast.lead, cast.lead), address(cast.supporting_head, cast.supporting_head),
    ]  # fmt: skip

    assert [[event[3] for event in events(feed)] for feed in feeds] == [[title], [title], [title], [], [], []]


def test_a_cancelled_visit_keeps_its_uid_and_stays_as_cancelled(cast, time_machine):
    feed = address(role_of(cast), cast.head)
    before = events(feed)
    time_machine.move_to(SOON)
    cancel_visit(visit=cast.visit, by=cast.broker, at=SOON, reason="Ill")
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=7), half="PM", by=cast.broker, at=SOON)
    after = events(feed)

    ((uid, sequence, status, _title),) = before
    assert (sequence, status) == (0, "CONFIRMED")
    assert [(event[0] == uid, event[1], event[2]) for event in after] == [(True, 1, "CANCELLED"), (False, 0, "CONFIRMED")]
    time_machine.move_to(NOON + timedelta(days=14 + 60))
    assert [event[2] for event in events(feed)] == ["CANCELLED", "CONFIRMED"]


def test_a_change_moves_the_stamp(cast, time_machine):
    feed = address(role_of(cast), cast.head)
    stamps = []
    for moment in (NOON, SOON):
        time_machine.move_to(moment)
        if moment == SOON:
            cancel_visit(visit=cast.visit, by=cast.broker, at=SOON, reason="Ill")
        (event,) = icalendar.Calendar.from_ical(Client().get(feed).content).walk("VEVENT")
        stamps.append(event.decoded("dtstamp"))

    assert stamps[0] < stamps[1]


def test_nothing_that_is_written_stands_in_it(cast):
    visit = cast.visit
    visit.focus = "CANARY-FOCUS"
    visit.save()

    content = Client().get(address(cast.leader.user, cast.leader.user)).content.decode()

    assert ("CANARY" in content, cast.project.case.title in content, cast.head.email in content) == (False, False, False)


def test_a_role_that_ended_shows_the_schools_visits_no_more(cast):
    feed = address(cast.head, cast.head)
    before = len(events(feed))
    role = SchoolRole.objects.get(user=cast.head, school=cast.school)
    role.ends_on = timezone.localdate(NOON) - timedelta(days=1)
    role.save()

    assert (before, events(feed)) == (1, [])


def test_more_visits_cost_no_more_queries(cast):
    feed = address(cast.leader.user, cast.leader.user)
    counts = []
    for day in (7, 14, 21):
        with CaptureQueriesContext(connection) as captured:
            Client().get(feed)
        counts.append(len(captured))
        plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=day), half="AM", by=cast.broker, at=NOON)

    assert counts[1:] == [counts[1]] * 2
    assert counts[1] <= 8
    assert len(events(feed)) == 4

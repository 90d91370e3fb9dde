"""Time whose note the owner of the case wrote in the leader's place is other staff's to approve; and mail goes to owners who are staff."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import Group

from alliance.models import User
from alliance.queries import people_with_role
from alliance.roles import Role
from cases.actions.assign_owner import assign_owner
from cases.models import Turn
from outbox.models import OutboxMessage
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.enums import Stage, TimeState
from s2s_workflow.models import ConflictDeclaration, TimeSheetLine
from s2s_workflow.telling import staff_of
from tests.conftest import NOON
from tests.factories.people import make_user
from tests.factories.projects import LATER, Cast, at_stage

pytestmark = pytest.mark.django_db
WAITS = "A time sheet waits for your approval in place of the leader’s school."


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    """Under way; the accounts of the leader, who leads the team, and of their head are off. A broker owns the case; there is one lead."""
    cast = at_stage(Stage.ACTIVE)
    for user in (cast.leader.user, cast.supporting_head):
        user.is_active = False
        user.save()
    for user in people_with_role(Role.S2S_LEAD).exclude(pk=cast.lead.pk):
        user.groups.clear()
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def note(cast: Cast, by: User) -> None:
    texts = {"action_taken": "Watched lessons.", "impact": "Calmer start.", "next_steps": "Model a lesson."}
    write_note(visit=cast.visit, **texts, evidence={}, by=by, at=LATER)


def line_of(cast: Cast) -> TimeSheetLine:
    return TimeSheetLine.objects.get(visit=cast.visit)


def is_asked(cast: Cast, user: User) -> bool:
    mine = Turn.objects.of(User.objects.get(pk=user.pk), on=LATER.date())
    return mine.filter(case=cast.project.case, key=f"time-{line_of(cast).pk}").exists()


def mailed() -> set[User]:
    return {message.recipient for message in OutboxMessage.objects.filter(details__sentence=WAITS) if message.recipient}


def own(cast: Cast, owner: User) -> None:
    assign_owner(case=cast.project.case, owner=owner, by=cast.broker, at=LATER)


def test_the_lead_approves_what_the_owner_wrote(cast: Cast) -> None:
    other = make_user(Role.BROKER)
    note(cast, cast.broker)
    asked = [is_asked(cast, user) for user in (cast.broker, other, cast.lead)]

    decide_time(line=line_of(cast), approve=True, by=cast.lead, at=LATER)

    assert (asked, mailed()) == ([False, False, True], {cast.lead})
    assert (line_of(cast).state, is_asked(cast, cast.lead)) == (TimeState.APPROVED, False)


def test_of_two_leads_the_one_who_owns_the_case_and_wrote_it_is_not_asked(cast: Cast) -> None:
    other = make_user(Role.S2S_LEAD)
    own(cast, cast.lead)
    note(cast, cast.lead)

    assert ([is_asked(cast, user) for user in (cast.lead, cast.broker, other)], mailed()) == ([False, False, True], {other})


def test_brokers_are_asked_where_the_only_lead_wrote_it(cast: Cast) -> None:
    own(cast, cast.lead)
    note(cast, cast.lead)

    assert ([is_asked(cast, user) for user in (cast.lead, cast.broker)], mailed()) == ([False, True], {cast.broker})


def test_brokers_are_asked_where_the_only_lead_declared_a_conflict(cast: Cast) -> None:
    other = make_user(Role.BROKER)
    ConflictDeclaration.objects.create(
        case=cast.project.case, declared_by=cast.lead, declared_at=NOON, has_conflict=True, details="My sister works there."
    )
    note(cast, cast.broker)

    assert ([is_asked(cast, user) for user in (cast.broker, cast.lead, other)], mailed()) == ([False, False, True], {other})


def test_an_owner_who_did_not_write_it_is_asked_alone(cast: Cast) -> None:
    note(cast, cast.lead)

    assert ([is_asked(cast, user) for user in (cast.broker, cast.lead)], mailed()) == ([True, False], {cast.broker})


def test_an_owner_who_is_staff_no_more_gets_no_mail_and_the_leads_do(cast: Cast) -> None:
    before = staff_of(cast.fresh())

    cast.broker.groups.set([Group.objects.get(name=Role.EDITOR.group_name)])

    assert (before, staff_of(cast.fresh())) == ([cast.broker], [cast.lead])

"""The school accepts what it was shown: what changed meanwhile is told, and what changes later is put to it again (W5, promise 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import Site

from cases.models import Turn
from diary.models import HalfDay
from diary.policies import HalfTaken
from outbox.kinds import word_message
from outbox.models import OutboxMessage
from s2s_workflow.actions.accept_team import ArrangementsChanged, TeamIsAccepted, accept_team
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.end_deployment import end_deployment
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.arrangements import fingerprint_of
from s2s_workflow.enums import Stage
from s2s_workflow.models import Deployment
from s2s_workflow.policies import NotReady
from s2s_workflow.telling import ARRANGEMENTS
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_head, make_school
from tests.factories.projects import VISIT_ON, Cast, with_leader_proposed
from tests.factories.website import make_home, make_standard
from tests.s2s_workflow.steps import Portal
from tests.s2s_workflow.team_pages import presented
from website.models import SiteSettings

pytestmark = pytest.mark.django_db
CHANGED = "The team, the timetable or the costs were changed since they were shown to you."


def make_once() -> Cast:
    """A team, its timetable and costs are before the school."""
    cast = with_leader_proposed()
    presented(cast)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def shown_to(cast: Cast) -> str:
    """What the page of the step carries."""
    page = Portal(cast.head, cast.project).get("accept-team")
    seen: str = page.context["form"]["seen"].value()
    assert f'value="{seen}"' in page.content.decode()
    return seen


def one_more_visit(cast: Cast) -> None:
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON + timedelta(days=1), half="AM", by=cast.leader.user, at=NOON)


def one_visit_fewer(cast: Cast) -> None:
    cancel_visit(visit=cast.visit, reason="Training day.", by=cast.broker, at=NOON)


def a_visit_moved(cast: Cast) -> None:
    one_visit_fewer(cast)
    one_more_visit(cast)


def presented_anew(cast: Cast) -> None:
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)


def another_payer(cast: Cast) -> None:
    present_costs(project=cast.fresh(), payer_name="Invented Council", by=cast.broker, at=NOON)


def a_second_leader(cast: Cast) -> Deployment:
    """Released, approved, with a visit."""
    deployment = propose_deployment(
        project=cast.fresh(), leader=SystemLeaderFactory(supporting_school=cast.supporting_school), remit="Coaches mathematics.",
        half_days=2, starts_on=VISIT_ON, ends_on=VISIT_ON, by=cast.broker, at=NOON,
    )  # fmt: skip
    release_leader(deployment=deployment, releases=True, by=cast.supporting_head, at=NOON)
    approve_deployment(deployment=Deployment.objects.get(pk=deployment.pk), by=cast.broker, at=NOON)
    plan_visit(deployment=deployment, visit_date=VISIT_ON, half="PM", by=cast.broker, at=NOON)
    return Deployment.objects.get(pk=deployment.pk)


def another_team(cast: Cast) -> None:
    a_second_leader(cast)
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)


CHANGES: list[Callable[[Cast], Any]] = [one_more_visit, one_visit_fewer, a_visit_moved, presented_anew, another_payer, another_team]


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_since_it_was_shown_is_not_accepted(cast, change):
    seen = shown_to(cast)
    change(cast)
    events = cast.project.case.events.count()

    with pytest.raises(ArrangementsChanged):
        accept_team(project=cast.fresh(), seen=seen, by=cast.head, at=NOON)
    head = Portal(cast.head, cast.project)
    answer = head.post("accept-team", seen=seen)

    assert (cast.fresh().team_accepted_at, cast.project.case.events.count()) == (None, events)
    assert CHANGED in head.client.get(answer["Location"]).content.decode()


def test_what_is_read_again_is_accepted(cast):
    one_more_visit(cast)

    Portal(cast.head, cast.project).post("accept-team", seen=shown_to(cast))

    assert cast.fresh().team_accepted_by == cast.head


def test_a_release_meanwhile_changes_nothing_of_what_is_accepted():
    cast = with_leader_proposed()
    before = fingerprint_of(cast.fresh())
    release_leader(deployment=cast.deployment, releases=True, by=cast.supporting_head, at=NOON)
    approve_deployment(deployment=cast.deployment, by=cast.broker, at=NOON)

    assert fingerprint_of(cast.fresh()) == before


@pytest.mark.parametrize("seen", ["", "0" * 64, "0" * 65])
def test_nothing_is_accepted_without_saying_what_was_seen(cast, seen):
    Portal(cast.head, cast.project).post("accept-team", seen=seen)

    assert cast.fresh().team_accepted_at is None


def test_whoever_comes_second_is_told_that_it_was_accepted(cast):
    """Two people act for one head; the first one's name stays on it."""
    seen, other = shown_to(cast), make_head(cast.school, kind="acting-head")
    Portal(cast.head, cast.project).post("accept-team", seen=seen)

    with pytest.raises(TeamIsAccepted):
        accept_team(project=cast.fresh(), seen=seen, by=other, at=NOON)

    assert cast.fresh().team_accepted_by == cast.head


def test_what_is_taken_back_is_not_accepted(cast):
    seen = shown_to(cast)
    end_deployment(deployment=cast.deployment, reason="Ill.", by=cast.broker, at=NOON)

    with pytest.raises(NotReady, match="not presented to you at the moment"):
        accept_team(project=cast.fresh(), seen=seen, by=cast.head, at=NOON)


# --- Changes after the acceptance -----------------------------------------------------------------


@pytest.fixture
def accepted(cast) -> Cast:
    cast.accept()
    return cast


def other_lead(cast: Cast) -> None:
    second = next(deployment for deployment in cast.fresh().team() if not deployment.is_named_lead)
    name_lead(deployment=second, by=cast.broker, at=NOON)


def state(cast: Cast) -> tuple[bool, bool]:
    project = cast.fresh()
    return project.costs_presented_at is not None, project.team_accepted_at is not None


def turn_keys(cast: Cast) -> set[str]:
    return set(Turn.objects.open().filter(case=cast.project.case).values_list("key", flat=True))


@pytest.mark.parametrize("change", [one_more_visit, a_visit_moved])
def test_a_timetable_that_changes_after_the_school_accepted_it_is_put_to_it_again(accepted, change):
    before, turns_before = state(accepted), turn_keys(accepted)

    change(accepted)

    event = accepted.project.case.events.get(sentence="What the school had accepted was changed, so the school is asked again.")
    with pytest.raises(NotReady, match="has not accepted the team yet"):
        move_project(project=accepted.fresh(), to=Stage.TEAM_AGREED, by=accepted.broker, at=NOON)
    assert (before, state(accepted), event.is_public) == ((True, True), (False, False), True)
    present_costs(project=accepted.fresh(), by=accepted.broker, at=NOON)
    assert ("accept-team" in turns_before, "accept-team" in turn_keys(accepted)) == (False, True)


def test_the_owner_is_told_of_a_change_that_somebody_else_made(accepted):
    sentence = "A team or timetable that a school had accepted was changed. Please present it again."
    told = OutboxMessage.objects.filter(details__sentence=sentence)
    one_visit_fewer(accepted)
    by_the_owner = told.count()
    present_costs_and_accept(accepted)

    one_more_visit(accepted)

    assert (by_the_owner, list(told.values_list("recipient", flat=True))) == (0, [accepted.broker.pk])


def present_costs_and_accept(cast: Cast) -> None:
    plan_visit(deployment=cast.deployment, visit_date=VISIT_ON, half="PM", by=cast.broker, at=NOON)
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)
    cast.accept()


def test_another_lead_after_the_school_accepted_the_team_is_put_to_it_again(cast):
    another_team(cast)
    cast.accept()

    other_lead(cast)

    assert state(cast) == (False, False)


def test_a_change_before_the_school_said_anything_leaves_it_presented(cast):
    one_more_visit(cast)

    assert state(cast) == (True, False)


def test_a_visit_that_is_refused_leaves_the_acceptance(accepted):
    with pytest.raises(HalfTaken):
        plan_visit(deployment=accepted.deployment, visit_date=VISIT_ON, half="AM", by=accepted.broker, at=NOON)

    assert (state(accepted), HalfDay.objects.count()) == ((True, True), 1)


def test_the_page_carries_the_same_until_something_changes(cast):
    first, again = shown_to(cast), shown_to(cast)

    one_more_visit(cast)

    assert (first, again == first, shown_to(cast) == first) == (again, True, False)


def test_governors_of_both_schools_are_sent_the_arrangements_and_the_brief(cast: Cast, settings: Any) -> None:
    supported = make_head(cast.school, kind="chair-of-governors")
    deployment = cast.project.team()[0]
    supporting = make_head(deployment.supporting_school, kind="chair-of-governors")
    elsewhere = make_head(make_school(), kind="chair-of-governors")
    brief = make_standard(make_home(), slug="brief")
    SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), governors_page=brief)
    accept_team(project=cast.project, seen=fingerprint_of(cast.project), by=cast.head, at=NOON)

    told = {message.recipient: word_message(message, at=NOON).body for message in OutboxMessage.objects.filter(kind=ARRANGEMENTS)}
    assert (told.keys(), elsewhere in told) == ({supported, supporting}, False)
    assert all(f"{settings.SITE_URL}/brief/" in body for body in told.values())
    assert ["/portal/cases/" in told[person] for person in (supported, supporting)] == [True, False]
    assert cast.school.name not in told[supporting]

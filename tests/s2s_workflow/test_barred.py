"""
Whoever declared a conflict of interest takes no step on the project by a role in the alliance: not by the action, not by its address
(W3). What they do for a school of their own, or as a leader of the team, they go on doing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from alliance.models import User
from alliance.roles import Role
from cases.models import Turn
from finance.actions.discard_invoice import discard_invoice
from finance.models import Invoice
from s2s_workflow.actions.cancel_visit import cancel_visit
from s2s_workflow.actions.consent_to_story import consent_to_story
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.invoice_in_advance import invoice_in_advance
from s2s_workflow.actions.invoice_time import invoice_time
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.resubmit_time import resubmit_time
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.actions.write_off_time import write_off_time
from s2s_workflow.enums import Stage
from s2s_workflow.models import ConflictDeclaration, TimeSheetLine
from s2s_workflow.policies import OwnerHasConflict
from tests.conftest import NOON
from tests.factories.finance import draft, issue
from tests.factories.kept import kept
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, with_leader_proposed
from tests.s2s_workflow.steps import Portal, day

pytestmark = pytest.mark.django_db
NOTE = {"action_taken": "Watched lessons.", "impact": "Calmer start.", "next_steps": "Model a lesson."}


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def declare_tie(cast: Cast, user: User) -> None:
    """As a broker, a reviewer or a member of the working group does, whatever else they are to the project."""
    user.groups.add(Group.objects.get(name=Role.WORKING_GROUP.group_name))
    ConflictDeclaration.objects.create(case=cast.project.case, declared_by=user, declared_at=NOON, has_conflict=True, details="A tie.")


def line_of(cast: Cast) -> TimeSheetLine:
    return TimeSheetLine.objects.get(visit=cast.visit)


def a_leader_asked_for() -> Cast:
    return with_leader_proposed()


def work_under_way() -> Cast:
    return at_stage(Stage.ACTIVE)


@kept
def a_visit_noted() -> Cast:
    cast = work_under_way()
    cast.note_visit()
    return cast


@kept
def time_returned() -> Cast:
    cast = a_visit_noted()
    decide_time(line=line_of(cast), approve=False, reason="It was shorter.", by=cast.supporting_head, at=LATER)
    return cast


@kept
def time_approved() -> Cast:
    cast = a_visit_noted()
    cast.approve_time()
    return cast


@kept
def an_advance_invoice_thrown_away() -> Cast:
    cast = at_stage(Stage.ACTIVE, rules={"money_route": "IN_ADVANCE"})
    discard_invoice(invoice=Invoice.objects.get(), reason="Wrong payer.", by=cast.finance, at=LATER)
    return cast


@kept
def a_refund_due() -> Cast:
    cast = at_stage(Stage.ACTIVE, rules={"money_route": "IN_ADVANCE"})
    cast.note_visit()
    cast.approve_time()
    move_project(project=cast.fresh(), to=Stage.FINAL_REVIEW_DUE, by=cast.leader.user, at=LATER)
    return cast


def the_final_review_due() -> Cast:
    return at_stage(Stage.FINAL_REVIEW_DUE)


@dataclass(frozen=True)
class Taken:
    """A step as somebody takes it who may: at which point, who, on what, what they send, and the action behind it."""

    begin: Callable[[], Cast]
    who: Callable[[Cast], User]
    target: Callable[[Cast], Any]
    act: Callable[[Cast, User], object]
    data: dict[str, Any]


def finance(cast: Cast) -> User:
    return cast.finance


def lead(cast: Cast) -> User:
    return cast.lead


def supporting_head(cast: Cast) -> User:
    return cast.supporting_head


def leader(cast: Cast) -> User:
    user: User = cast.leader.user
    return user


def nothing(cast: Cast) -> None:
    return None


def _invoice(cast: Cast, user: User) -> object:
    return invoice_time(project=cast.fresh(), by=user, at=LATER)


def _refund(cast: Cast, user: User) -> object:
    return record_refund(project=cast.fresh(), by=user, at=LATER)


def _consent(school: Callable[[Cast], Any]) -> Callable[[Cast, User], object]:
    return lambda cast, user: consent_to_story(project=cast.fresh(), school=school(cast), consents=True, by=user, at=LATER)


def _in_advance(cast: Cast, user: User) -> object:
    return invoice_in_advance(project=cast.fresh(), by=user, at=LATER)


FOR_THE_ALLIANCE = {
    ("invoice-in-advance", "finance"): Taken(an_advance_invoice_thrown_away, finance, nothing, _in_advance, {}),
    ("invoice-in-advance", "lead"): Taken(an_advance_invoice_thrown_away, lead, nothing, _in_advance, {}),
    ("invoice-time", "finance"): Taken(time_approved, finance, nothing, _invoice, {}),
    ("invoice-time", "lead"): Taken(time_approved, lead, nothing, _invoice, {}),
    ("record-refund", "finance"): Taken(a_refund_due, finance, nothing, _refund, {"reason": "By transfer."}),
    ("record-refund", "lead"): Taken(a_refund_due, lead, nothing, _refund, {"reason": "By transfer."}),
    ("write-off-time", "broker"): Taken(
        time_returned, lambda cast: cast.broker, line_of,
        lambda cast, user: write_off_time(line=line_of(cast), reason="She left.", by=user, at=LATER), {"reason": "She left."},
    ),
}  # fmt: skip
FOR_ONESELF = {
    ("consent-to-story", "head"): Taken(
        the_final_review_due, lambda cast: cast.head, lambda cast: cast.school, _consent(lambda cast: cast.school), {"consents": "yes"}
    ),
    ("consent-to-story", "supporting head"): Taken(
        the_final_review_due, supporting_head, lambda cast: cast.supporting_school, _consent(lambda cast: cast.supporting_school),
        {"consents": "yes"},
    ),
    ("release-leader", "supporting head"): Taken(
        a_leader_asked_for, supporting_head, lambda cast: cast.deployment,
        lambda cast, user: release_leader(deployment=cast.deployment, releases=True, by=user, at=NOON), {"releases": "yes"},
    ),
    ("plan-visit", "leader"): Taken(
        a_leader_asked_for, leader, lambda cast: cast.deployment,
        lambda cast, user: plan_visit(deployment=cast.deployment, visit_date=VISIT_ON, half="AM", by=user, at=NOON),
        {"half": "AM", **day(VISIT_ON, "visit_date")},
    ),
    ("cancel-visit", "leader"): Taken(
        work_under_way, leader, lambda cast: cast.visit,
        lambda cast, user: cancel_visit(visit=cast.visit, reason="Ill.", by=user, at=LATER), {"reason": "Ill."},
    ),
    ("write-note", "leader"): Taken(
        work_under_way, leader, lambda cast: cast.visit,
        lambda cast, user: write_note(visit=cast.visit, **NOTE, evidence={}, by=user, at=LATER), NOTE,
    ),
    ("approve-time", "supporting head"): Taken(
        a_visit_noted, supporting_head, line_of, lambda cast, user: decide_time(line=line_of(cast), approve=True, by=user, at=LATER), {},
    ),
    ("return-time", "supporting head"): Taken(
        a_visit_noted, supporting_head, line_of,
        lambda cast, user: decide_time(line=line_of(cast), approve=False, reason="Shorter.", by=user, at=LATER), {"reason": "Shorter."},
    ),
    ("correct-time", "leader"): Taken(
        time_returned, leader, line_of, lambda cast, user: resubmit_time(line=line_of(cast), half_days=1, by=user, at=LATER),
        {"half_days": "1"},
    ),
}  # fmt: skip


def facts(cast: Cast) -> tuple[Any, ...]:
    """What a refusal must leave as it was."""
    project = cast.fresh()
    return (
        project.history.count(),
        project.case.events.count(),
        project.story_consents.count(),
        [(line.state, line.history.count()) for line in TimeSheetLine.objects.order_by("pk")],
        [(deployment.state, deployment.visits.count()) for deployment in project.deployments.order_by("pk")],
    )


@pytest.mark.parametrize(("slug", "who"), list(FOR_THE_ALLIANCE))
def test_a_step_for_the_alliance_is_refused_to_whoever_declared_a_conflict(slug, who):
    taken = FOR_THE_ALLIANCE[slug, who]
    cast = taken.begin()
    user, target = taken.who(cast), taken.target(cast)
    open_before = Portal(user, cast.project).get(slug, target).status_code
    declare_tie(cast, user)
    before = facts(cast)

    with pytest.raises(PermissionDenied):
        taken.act(cast, user)
    portal = Portal(user, cast.project)
    statuses = {portal.get(slug, target).status_code, portal.post(slug, target, **taken.data).status_code}

    assert open_before == 200
    assert statuses <= {403, 404}
    assert facts(cast) == before


@pytest.mark.parametrize(("slug", "who"), list(FOR_THE_ALLIANCE))
def test_the_same_step_is_taken_without_a_conflict(slug, who):
    """What the test above refuses is refused for the conflict alone."""
    taken = FOR_THE_ALLIANCE[slug, who]
    cast = taken.begin()
    before = facts(cast)

    response = Portal(taken.who(cast), cast.project).post(slug, taken.target(cast), **taken.data)

    assert response.status_code == 302
    assert facts(cast) != before


@pytest.mark.parametrize(("slug", "who"), list(FOR_ONESELF))
def test_a_step_for_one_s_own_school_or_as_a_leader_is_taken_with_a_conflict(slug, who):
    taken = FOR_ONESELF[slug, who]
    cast = taken.begin()
    user = taken.who(cast)
    declare_tie(cast, user)
    before = facts(cast)

    response = Portal(user, cast.project).post(slug, taken.target(cast), **taken.data)

    assert response.status_code == 302
    assert facts(cast) != before


def test_whoever_declared_a_conflict_has_no_turn_of_a_role_on_the_case():
    cast = time_approved()
    turns = Turn.objects.of(cast.finance, on=timezone.localdate()).filter(case=cast.project.case)
    before = list(turns.values_list("key", flat=True))

    declare_tie(cast, cast.finance)

    assert (before, list(turns.values_list("key", flat=True))) == (["invoice"], [])


@pytest.mark.parametrize("who", ["finance", "lead"])
def test_whoever_declared_a_conflict_changes_no_invoice_of_the_case(client, who):
    cast = work_under_way()
    user = getattr(cast, who)
    invoice, elsewhere = draft(case_reference=cast.project.case.reference), draft(case_reference="S2S-ELSEWHERE")
    declare_tie(cast, user)
    client.force_login(user)

    with pytest.raises(OwnerHasConflict):
        issue(invoice, by=user)
    status = client.post(reverse("wagtailsnippets_finance_invoice:discard", args=[invoice.pk]), {"reason": "Wrong."}).status_code

    invoice.refresh_from_db()
    assert (status, invoice.status) == (404, "DRAFT")
    assert issue(elsewhere, by=user).status == "ISSUED"

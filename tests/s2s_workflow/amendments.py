"""What people do on an amendment of a signed agreement (D4), for the tests of amendments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alliance.models import User
from cases.models import Turn
from common.moderation import decide_on_document
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.change_days import change_days
from s2s_workflow.actions.freeze_amendment import freeze_amendment
from s2s_workflow.actions.open_amendment import open_amendment
from s2s_workflow.actions.price_amendment import price_amendment
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.write_plan import Objective, write_plan
from s2s_workflow.enums import Stage
from s2s_workflow.in_force import agreement_in_force, plan_in_force
from s2s_workflow.models import Agreement, Deployment, SupportProject
from s2s_workflow.money import quote_of
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import LATER, SHORT, VISIT_ON, Cast, at_stage

WHY = "Two more classes need the coach."
ENDS_ON = VISIT_ON + timedelta(days=60)
IN_ADVANCE = {"money_route": "IN_ADVANCE"}


def active(rules: dict[str, Any] = SHORT) -> Cast:
    """Under way: one leader with four half days at £150, and one visit."""
    return at_stage(Stage.ACTIVE, rules=rules)


def begin(cast: Cast, by: User | None = None, reason: str = WHY) -> SupportProject:
    return open_amendment(project=cast.fresh(), by=by or cast.broker, at=LATER, reason=reason)


def days(cast: Cast, half_days: int = 6, *, ends_on: date = ENDS_ON, by: User | None = None) -> Deployment:
    return change_days(deployment=cast.deployment, half_days=half_days, ends_on=ends_on, by=by or cast.broker, at=LATER)


def price(cast: Cast) -> None:
    price_amendment(project=cast.fresh(), by=cast.broker, at=LATER)


def freeze(cast: Cast, by: User | None = None) -> Agreement:
    return freeze_amendment(project=cast.fresh(), by=by or cast.broker, at=LATER)


def amend(cast: Cast, half_days: int = 6) -> Agreement:
    """Up for signature: other days of the one leader."""
    begin(cast)
    days(cast, half_days)
    price(cast)
    return freeze(cast)


def plan_anew(cast: Cast, objective: str = "Write better") -> None:
    kept = next(iter(plan_in_force(cast.fresh()).objectives))  # type: ignore[union-attr]  # it is signed
    objectives = [
        Objective("Read much better", "Reading age", "7.2", "8.5", "Reading lead", date(2027, 3, 26), id=kept.id),
        Objective(objective, "Pieces of writing", "2", "6", "Reading lead", date(2027, 3, 26)),
    ]
    write_plan(
        project=cast.fresh(), objectives=objectives, schedule="Every week.", exit_arrangements="A month.", by=cast.leader.user, at=LATER
    )


def agree_plan_anew(cast: Cast) -> None:
    plan_anew(cast)
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=LATER)
    decide_on_document(document=cast.fresh().plan, approve=True, by=cast.lead, at=LATER)


def join(cast: Cast, *, half_days: int = 2) -> Deployment:
    """A second leader, of another school, is proposed, released and approved for the amendment."""
    school = make_school(phase="PRIMARY")
    head = make_head(school)
    cast.other_heads.append((school, head))
    leader: Any = SystemLeaderFactory(user=make_user(), supporting_school=school)
    deployment = propose_deployment(
        project=cast.fresh(), leader=leader, remit="Coaches writing.", half_days=half_days, starts_on=VISIT_ON, ends_on=ENDS_ON,
        by=cast.broker, at=LATER,
    )  # fmt: skip
    release_leader(deployment=deployment, releases=True, by=head, at=LATER)
    return approve_deployment(deployment=Deployment.objects.get(pk=deployment.pk), by=cast.broker, at=LATER)


def in_force(cast: Cast) -> tuple[int, int, Decimal, list[str]]:
    """Version, half days, total and objectives that hold."""
    project = cast.fresh()
    agreement, quote, plan = agreement_in_force(project), quote_of(project), plan_in_force(project)
    assert agreement and quote and plan
    return agreement.version, cast.deployment.half_days, quote.total, [block.value["objective"] for block in plan.objectives]


BEFORE = (1, 4, Decimal("600.00"), ["Read better"])


def keys_of(user: User) -> set[str]:
    return set(Turn.objects.of(User.objects.get(pk=user.pk), on=LATER.date()).values_list("key", flat=True))

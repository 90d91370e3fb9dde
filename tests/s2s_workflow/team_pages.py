"""What the tests of the team's pages share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.models import User
from alliance.roles import Role
from common.form_keys import new_form_key
from diary.models import HalfDay
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.models import Deployment, SupportProject, Visit
from tests.conftest import NOON
from tests.factories.finance import make_rate
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import VISIT_ON, Cast


def address(cast: Cast, slug: str, target: Any = None) -> str:
    reference = cast.project.case.reference
    if target is None:
        return reverse("s2s_workflow:step", args=[reference, slug])
    return reverse("s2s_workflow:step_on", args=[reference, slug, target.pk])


def send(client: Client, user: User, url: str, **values: Any) -> Any:
    client.force_login(user)
    return client.post(url, {"form_key": new_form_key(), **values})


def tab_of(client: Client, user: User, cast: Cast, tab: str = "team") -> str:
    client.force_login(user)
    return client.get(reverse("portal:case_tab", args=[cast.project.case.reference, tab])).content.decode()


def day(name: str, of: date) -> dict[str, int]:
    return {f"{name}_day": of.day, f"{name}_month": of.month, f"{name}_year": of.year}


def proposal(leader: Any, **values: Any) -> dict[str, Any]:
    given = {"leader": leader.pk, "designation": "", "remit": "Coaches the reading lead.", "half_days": 4, "is_named_lead": "on"}
    return {**given, **day("starts_on", VISIT_ON), **day("ends_on", VISIT_ON + timedelta(days=60)), **values}


def released(cast: Cast) -> Deployment:
    release_leader(deployment=cast.deployment, releases=True, by=cast.supporting_head, at=NOON)
    return cast.deployment


def seen(client: Client, cast: Cast) -> str:
    """What the page on which the head accepts carries."""
    client.force_login(cast.head)
    value: str = client.get(address(cast, "accept-team")).context["form"]["seen"].value()
    return value


def planned(cast: Cast, half: str = "AM") -> Visit:
    return plan_visit(deployment=cast.deployment, visit_date=VISIT_ON, half=half, by=cast.broker, at=NOON)


def presented(cast: Cast) -> SupportProject:
    released(cast)
    approve_deployment(deployment=cast.deployment, by=cast.broker, at=NOON)
    planned(cast)
    make_rate(300, 150, 255, 127, designation="")
    return present_costs(project=cast.fresh(), by=cast.broker, at=NOON)


def everybody(cast: Cast) -> dict[str, User]:
    return {
        "lead": cast.lead,
        "broker": cast.broker,
        "head": cast.head,
        "governor": make_head(cast.school, kind="chair-of-governors"),
        "supporting head": cast.supporting_head,
        "leader": cast.leader.user,
        "head of another school": make_head(make_school()),
        "finance": cast.finance,
        "editor": make_user(Role.EDITOR),
    }


def facts(cast: Cast) -> tuple[Any, ...]:
    project = cast.fresh()
    return (
        project.stage,
        project.history.count(),
        project.case.events.count(),
        [(deployment.state, deployment.history.count()) for deployment in project.deployments.order_by("pk")],
        Visit.objects.count(),
        HalfDay.objects.count(),
    )


def queries(client: Client, user: User, url: str) -> int:
    client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)

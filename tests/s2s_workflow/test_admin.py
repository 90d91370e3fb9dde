"""Support projects in the admin: rows to find and read, and a deployment's moderation by the portal's own actions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliance.roles import Role
from common.form_keys import new_form_key
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.enums import DeploymentState, ReadinessSide, Stage, VisitState
from s2s_workflow.models import AgreementClause, Deployment, NoteOfVisit, Visit
from s2s_workflow.viewsets import SupportGroup
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_user
from tests.factories.projects import FULL, VISIT_ON, Cast, at_stage, reach
from tests.factories.readiness import answer

pytestmark = pytest.mark.django_db
MODELS = [viewset.model for viewset in SupportGroup.items]


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_s2s_workflow_{model._meta.model_name}:{view}", args=args)


def deployment_of(cast: Cast, *, released: bool) -> Deployment:
    cast.start_brokering()
    cast.propose_team()
    if released:
        release_leader(deployment=cast.deployment, releases=True, by=cast.supporting_head, at=NOON)
    return cast.deployment


def rows_of(deployment: Deployment) -> list[Any]:
    """What an action wrote, without who and when."""
    deployment = Deployment.objects.get(pk=deployment.pk)
    case = deployment.project.case
    return [
        deployment.state,
        [(row.state, bool(row.history_user), row.history_change_reason or "") for row in deployment.history.order_by("history_id")],
        list(deployment.visits.values_list("state", flat=True)),
        list(case.events.order_by("pk").values_list("sentence", "reason", "is_public")),
        sorted(case.turns.open().values_list("sentence", flat=True)),
    ]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_user(Role.S2S_LEAD))
    return client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_searches_and_exports(admin, model):
    at_stage(Stage.BROKERING, rules=FULL)

    statuses = [
        admin.get(address(model, "list"), {"q": "Invented", **given}).status_code for given in ({}, {"export": "csv"}, {"export": "xlsx"})
    ]

    assert statuses == [200, 200, 200]


def test_rows_of_a_whole_project_are_listed_exported_and_inspected(admin):
    cast = at_stage(Stage.TEAM_AGREED, rules=FULL)
    for side in ReadinessSide:
        answer(cast, side)
    reach(cast, Stage.ACTIVE)
    cast.review_mid_term()
    cast.agree_mid_term()
    cast.end_delivery()
    reach(cast, Stage.DISSEMINATED)
    found = {}

    for model in MODELS:
        row = model.objects.order_by("pk").first()
        if row is None:
            continue
        for form in ("csv", "xlsx"):
            response = admin.get(address(model, "list"), {"export": form})
            found[model.__name__, form] = response.status_code, b"".join(response.streaming_content) != b""
        found[model.__name__, "inspect"] = admin.get(address(model, "inspect", row.pk)).status_code, True

    assert len(found) == 3 * (len(MODELS) - 2)  # no concern, no consent
    assert set(found.values()) == {(200, True)}


def test_a_list_of_deployments_costs_the_same_for_one_and_for_many(admin, django_assert_max_num_queries):
    cast = Cast()
    deployment_of(cast, released=False)

    def queries() -> int:
        admin.get(address(Deployment, "list"))  # a leader is public content: what is remembered of it is read anew after a change
        with django_assert_max_num_queries(60) as asked:
            admin.get(address(Deployment, "list"))
        return len(asked)

    one = queries()
    for _number in range(9):
        leader = SystemLeaderFactory()
        Deployment.objects.create(
            project=cast.fresh(), leader=leader, supporting_school=leader.supporting_school, remit="Coaches", half_days=2,
            starts_on=VISIT_ON, ends_on=VISIT_ON, proposed_at=NOON,
        )  # fmt: skip

    assert queries() == one


def test_notes_of_visits_are_for_alliance_staff_alone(client):
    cast = at_stage(Stage.ACTIVE)
    cast.note_visit()
    opened, note = {}, NoteOfVisit.objects.get()
    for role in (Role.S2S_LEAD, Role.BROKER, Role.FINANCE, Role.EDITOR, Role.REVIEWER):
        client.force_login(make_user(role))
        opened[role] = b"Calmer start." in client.get(reverse("wagtailsnippets_s2s_workflow_noteofvisit:inspect", args=[note.pk])).content

    assert opened == {
        Role.S2S_LEAD: True, Role.BROKER: True, Role.FINANCE: False, Role.EDITOR: False, Role.REVIEWER: False,
    }  # fmt: skip


def test_clauses_are_written_by_the_s2s_lead_and_read_by_brokers(client):
    url, data = (
        address(AgreementClause, "add"),
        {"title": "Confidentiality", "text": "It stays between us.", "order": "1", "is_in_use": "on"},
    )
    client.force_login(make_user(Role.BROKER))
    client.post(url, data)
    by_broker = AgreementClause.objects.count()

    client.force_login(make_user(Role.S2S_LEAD))
    client.post(url, data)

    assert (by_broker, AgreementClause.objects.get().history.count()) == (0, 1)


def test_portal_and_admin_approve_a_deployment_alike(client):
    """One action behind both (A5), so the same rows come of it."""
    results = []
    for way in ("portal", "admin"):
        cast = Cast()
        deployment = deployment_of(cast, released=True)
        client.force_login(cast.broker)
        if way == "portal":
            url = reverse("s2s_workflow:step_on", args=[cast.project.case.reference, "approve-deployment", deployment.pk])
            client.post(url, {"form_key": new_form_key()})
        else:
            client.post(address(Deployment, "approve", deployment.pk))
        approved = cast.deployment
        results.append([approved.approved_by == cast.broker, *rows_of(deployment)])

    assert results[0][:2] == [True, DeploymentState.APPROVED]
    assert results[0] == results[1]


def test_portal_and_admin_end_a_deployment_alike(client):
    results = []
    for way in ("portal", "admin"):
        cast = Cast()
        deployment = deployment_of(cast, released=True)
        plan_visit(deployment=deployment, visit_date=VISIT_ON, half="AM", by=cast.broker, at=NOON)
        client.force_login(cast.broker)
        if way == "portal":
            url = reverse("s2s_workflow:step_on", args=[cast.project.case.reference, "end-deployment", deployment.pk])
            client.post(url, {"form_key": new_form_key(), "reason": "Ill"})
        else:
            client.post(address(Deployment, "end", deployment.pk), {"reason": "Ill"})
        results.append([cast.deployment.ended_by == cast.broker, *rows_of(deployment)])

    assert results[0][:2] == [True, DeploymentState.ENDED]
    assert results[0] == results[1]
    assert set(Visit.objects.values_list("state", flat=True)) == {VisitState.CANCELLED}


def test_a_deployment_that_is_not_released_is_refused_in_words(admin):
    cast = Cast()
    deployment = deployment_of(cast, released=False)

    page = admin.post(address(Deployment, "approve", deployment.pk)).content.decode()

    assert "so nothing was changed" in page
    assert cast.deployment.state == DeploymentState.PROPOSED
    inspected = admin.get(address(Deployment, "inspect", deployment.pk)).content.decode()
    assert (address(Deployment, "approve", deployment.pk) in inspected, address(Deployment, "end", deployment.pk) in inspected) == (
        False,
        True,
    )


def test_finance_neither_sees_nor_approves_deployments(client):
    cast = Cast()
    deployment = deployment_of(cast, released=True)
    client.force_login(make_user(Role.FINANCE))

    client.get(address(Deployment, "list"), follow=True)
    client.post(address(Deployment, "approve", deployment.pk))

    assert cast.deployment.state == DeploymentState.RELEASED
    assert timezone.localdate(cast.deployment.proposed_at) == NOON.date()

"""No page of the admin names objects in bulk to somebody who may do nothing with them (promise 1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from alliance.models import User
from alliance.roles import Role
from cases.enums import Direction
from cases.models import Message
from tests.factories.cases import make_case
from tests.factories.pages import make_home
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
WAGTAILS = {Page, get_image_model(), get_document_model(), User}


def actions() -> list[tuple[Any, str]]:
    """Every model with a bulk action, and the action."""
    bulk_action_registry._scan_for_bulk_actions()
    found = bulk_action_registry.actions
    return [
        (kind, action)
        for app, models in found.items()
        for model, by_name in models.items()
        for action, action_class in by_name.items()
        for kind in action_class.models
        if (kind._meta.app_label, kind._meta.model_name) == (app, model)
    ]


def answers(client: Client, model: Any, action: str, method: str = "get") -> int:
    address = f"/admin/bulk/{model._meta.app_label}/{model._meta.model_name}/{action}/?id=all"
    return int(getattr(client, method)(address).status_code)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.BROKER, None])
def test_domain_models_have_no_bulk_page_for_anybody(client: Client, role: Role | None) -> None:
    make_case()
    client.force_login(make_user(role) if role else make_user(is_superuser=True))
    domain = [(model, action) for model, action in actions() if model in set(get_snippet_models()) - WAGTAILS]

    assert len(domain) > 30
    assert {answers(client, model, action, method) for model, action in domain for method in ("get", "post")} == {404}


def test_an_internal_note_is_named_to_no_editor(client: Client) -> None:
    case = make_case()
    Message.objects.create(case=case, direction=Direction.INTERNAL, text="CANARY", written_at=case.opened_at, author_name="Halima")
    client.force_login(make_user(Role.EDITOR))

    page = client.get("/admin/bulk/cases/message/delete/", {"id": "all"})

    assert (page.status_code, "CANARY" in page.content.decode()) == (404, False)


@pytest.mark.parametrize(("role", "opens"), [(Role.EDITOR, False), (Role.REVIEWER, False), (None, True)])
def test_accounts_are_named_in_bulk_to_those_alone_who_may_change_them(client: Client, role: Role | None, opens: bool) -> None:
    make_home()
    client.force_login(make_user(role) if role else make_user(is_superuser=True))

    found = {action: answers(client, model, action) == 200 for model, action in actions() if model is User}

    assert found
    assert set(found.values()) == {opens}

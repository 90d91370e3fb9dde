"""What the tests of the pages of a project's documents share: somebody opens a step, sends its form, reads a tab."""

from __future__ import annotations

from typing import Any

from django.test import Client

from alliance.models import User
from cases.models import Turn
from common.form_keys import new_form_key
from tests.conftest import NOON
from tests.factories.projects import Cast


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(cast: Cast, slug: str, *target: object) -> str:
    return f"/portal/support/{cast.project.case.reference}/do/{slug}/" + "".join(f"{one}/" for one in target)


def page_of(user: User, cast: Cast, slug: str, *target: object) -> Any:
    return login(user).get(address(cast, slug, *target))


def send(user: User, cast: Cast, slug: str, *target: object, **data: Any) -> Any:
    return login(user).post(address(cast, slug, *target), {"form_key": new_form_key(), **data})


def tab(user: User, cast: Cast, name: str = "documents") -> str:
    response = login(user).get(f"/portal/cases/{cast.project.case.reference}/{name}/")
    return response.content.decode() if response.status_code == 200 else ""


def seen(document: Any) -> int:
    return document.latest_revision_id if document else 0


def turns_of(user: User, cast: Cast) -> set[str]:
    return set(Turn.objects.of(user, on=NOON.date()).filter(case=cast.project.case).values_list("key", flat=True))

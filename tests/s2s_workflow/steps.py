"""What the tests of the pages of a project share."""

from __future__ import annotations

from typing import Any

from django.test import Client

from alliance.models import User
from common.form_keys import new_form_key
from s2s_workflow.models import SupportProject


class Portal:
    """The portal as one person meets it, on one project."""

    def __init__(self, user: User, project: SupportProject) -> None:
        self.client, self.project = Client(), project
        self.client.force_login(user)

    @property
    def reference(self) -> str:
        return self.project.case.reference

    def address(self, slug: str, target: Any = None) -> str:
        return f"/portal/support/{self.reference}/do/{slug}/" + (f"{target.pk}/" if target else "")

    def tab(self, slug: str) -> Any:
        return self.client.get(f"/portal/cases/{self.reference}/{slug}/")

    def words(self, slug: str) -> str:
        return self.tab(slug).content.decode()

    def get(self, slug: str, target: Any = None) -> Any:
        return self.client.get(self.address(slug, target))

    def post(self, slug: str, target: Any = None, **data: Any) -> Any:
        return self.client.post(self.address(slug, target), {"form_key": new_form_key(), **data})

    def offers(self, tab: str) -> set[str]:
        """Slugs of the steps that a tab offers."""
        response = self.tab(tab)
        return {offer.slug for offer in response.context["offers"]} if response.status_code == 200 else set()


def day(date: Any, name: str) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}_day": str(date.day), f"{name}_month": str(date.month), f"{name}_year": str(date.year)}

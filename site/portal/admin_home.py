"""What the admin's first page shows besides Wagtail's own: what waits there, and the way back to the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from alliance.access import person_of
from alliance.queries import people_with_role
from alliance.roles import Role

MOST_SHOWN = 10
WAITING = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


class StartPanel(Component):
    """The pages in review that the reader may open, and a warning while nobody would get a request."""

    name = "start"
    template_name = "portal/admin/start_panel.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        pages = PagePermissionPolicy().instances_user_has_any_permission_for(person_of(self.request), ["add", "change", "publish"])
        waiting = Page.objects.filter(pk__in=pages.values("pk"), _workflow_states__status__in=WAITING)
        return {
            "handles_pages": pages.exists(),
            "waiting": list(waiting.distinct().order_by("title", "pk")[:MOST_SHOWN]),
            "nobody_leads": not people_with_role(Role.S2S_LEAD).exists(),
        }

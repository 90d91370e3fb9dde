"""Acting on many objects at once in the Wagtail admin, kept from whoever may not act on any."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.dispatcher import index
from wagtail.models import Page
from wagtail.permissions import policy_registry

from common.access import SIGNED_IN, access
from common.admin import DomainSnippetViewSet


@access(SIGNED_IN)
def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponseBase:
    """
    Wagtail's page before a bulk action names every object that the address asks for, also those its reader may not see.

    So it answers 404 for domain models, on which nothing is done in bulk, and for others to whoever may change none.
    Pages are left to Wagtail, whose explorer lists them to the same people.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not _may_act(request.user, model):
        raise Http404
    response: HttpResponseBase = require_admin_access(index)(request, app_label, model_name, action)
    return response


def _may_act(user: Any, model: Any) -> bool:
    if issubclass(model, Page):
        return True
    if isinstance(getattr(model, "snippet_viewset", None), DomainSnippetViewSet):
        return False
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, {"change", "delete"}))

"""The house's way to show a domain model in the Wagtail admin: found, filtered, exported, inspected, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import snippets

from common.actions import Refusal
from common.admin_actions import ActionView
from common.admin_choosers import DomainChooserViewSet
from common.admin_history import FieldHistoryLinkMixin, FieldHistoryViewSetMixin
from common.admin_refusals import leave_for
from common.exports import local_time, safe_cell


class DomainPermissionPolicy(ModelPermissionPolicy):
    """
    Django's permissions on a model, less what is done to none of its objects by hand, not even by a superuser.

    Nobody deletes: facts end, schools close. A model that only actions change refuses `add` and `change` too.
    """

    def __init__(self, model: Any, refused: Iterable[str]) -> None:
        super().__init__(model)
        self.refused = frozenset(refused)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.refused and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        return super().users_with_any_permission(set(actions) - self.refused)


class SafeExportMixin:
    """
    Keep the spreadsheets of a Wagtail listing from being read as formulas, and from failing on control characters; tell
    moments in local time, where Wagtail tells them in UTC.
    """

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        local = local_time(value) if isinstance(value, datetime) else value
        return safe_cell(super().preprocess_field_value(field, local, export_format))  # type: ignore[misc]  # a Wagtail view is mixed in


class FixedOnceSavedForm(WagtailAdminModelForm):
    """A form whose `fixed_fields` are given when the object is made and shown, but not taken, afterwards."""

    fixed_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fixed_fields:
            if name in self.fields and not self.instance._state.adding:
                self.fields[name].disabled = True


class DomainIndexView(SafeExportMixin, snippets.IndexView):
    action_views: tuple[tuple[type[ActionView], str], ...] = ()

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's columns without the checkboxes: deleting is the only thing they would be for."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *_action_buttons(self, instance, Button)]


class DomainEditView(FieldHistoryLinkMixin, snippets.EditView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A decision taken from the form may be refused by the document; the refusal is told on it."""
        try:
            response: HttpResponseBase = super().post(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return response

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """What is under review is locked for everybody: a decision taken from the form is taken, and nothing saved."""
        if self.action == "workflow-action" and self.locked_for_user:
            self.workflow_action_action()
            messages.success(self.request, _("Your decision was recorded."))
            return redirect(self.get_success_url())
        response: HttpResponseBase = super().form_invalid(form)
        return response


class DomainInspectView(FieldHistoryLinkMixin, snippets.InspectView):
    action_views: tuple[tuple[type[ActionView], str], ...] = ()

    @cached_property
    def header_buttons(self) -> list[Any]:
        return _action_buttons(self, self.object, HeaderButton)

    def get_fields(self) -> list[str]:
        """Wagtail's fields without a key that only the database knows."""
        key = self.model._meta.pk
        return [name for name in super().get_fields() if name != key.name or not key.auto_created]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return "–" if value is None or value == "" else value


def _action_buttons(view: Any, instance: Any, button: Any) -> list[Any]:
    """The actions that the reader may take on the object as it stands."""
    return [
        button(action.button_label, url=reverse(url_name, args=[quote(instance.pk)]), icon_name=action.header_icon, priority=number)
        for number, (action, url_name) in enumerate(view.action_views)
        if view.user_has_permission(action.permission_required) and action.is_offered(instance)
    ]


class DomainSnippetViewSet(FieldHistoryViewSetMixin, snippets.SnippetViewSet):
    """
    Base class for the viewset of every recorded model, the plugins' too.

    It turns on inspect and field history, turns off copy and delete, makes exports safe and closes the chooser to
    those who may not see the model. Name `list_select_related` so that a list of 50 costs the queries of a list of one.
    What changes by actions only adds "change" to `refused` and names its `action_views`, which become buttons.
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    list_select_related: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset({"delete"})
    action_views: tuple[type[ActionView], ...] = ()
    index_view_class = DomainIndexView
    edit_view_class = DomainEditView
    inspect_view_class = DomainInspectView
    chooser_viewset_class = DomainChooserViewSet

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = self.model._default_manager.all()
        return queryset.select_related(*self.list_select_related) if self.list_select_related else queryset

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        views = tuple((view, self.get_url_name(view.name)) for view in self.action_views)
        return super().get_common_view_kwargs(action_views=views, **kwargs)

    @property
    def workflow_action_view(self) -> Any:
        """Wagtail's view of a decision; a refusal is told on the page of what was to be decided."""
        decide = super().workflow_action_view

        @wraps(decide)
        def decide_or_tell(request: HttpRequest, pk: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                response: HttpResponseBase = decide(request, pk=pk, **kwargs)
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return leave_for(request, reverse(self.get_url_name("edit"), args=[quote(pk)]))
            return response

        return decide_or_tell

    def get_urlpatterns(self) -> list[URLPattern]:
        actions = [
            path(f"{view.name}/<{self.pk_path_converter}:pk>/", self.construct_view(view), name=view.name) for view in self.action_views
        ]
        return [*super().get_urlpatterns(), *actions]

    def on_register(self) -> None:
        register_permission_policy(self.model, DomainPermissionPolicy(self.model, self.refused), exact_class=True)
        super().on_register()

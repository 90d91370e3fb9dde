"""Choosing a person in the admin: by name or address, and only for those who give people roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

from alliance.models import SchoolRole, User


class PersonSearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Name or e-mail address")}), required=False, max_length=100
    )

    def filter(self, objects: Any) -> Any:
        words = self.cleaned_data["q"].split()
        self.is_searching, self.search_query = bool(words), self.cleaned_data["q"]
        for word in words:
            objects = objects.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
        return super().filter(objects)


class ForThoseWhoGiveRoles(PermissionCheckedMixin):
    """People's addresses are for those who may say what people are at schools."""

    any_permission_required = ["add", "verify"]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(SchoolRole)


class ActivePeopleMixin(ForThoseWhoGiveRoles):
    filter_form_class = PersonSearchForm

    def get_object_list(self) -> Any:
        return User.objects.filter(is_active=True)

    @property
    def columns(self) -> list[Any]:
        return [*super().columns, Column("email", label=_("E-mail address"))]

    def can_create(self) -> bool:
        return False


class ChoosePersonView(ActivePeopleMixin, chooser.ChooseView):
    pass


class ChoosePersonResultsView(ActivePeopleMixin, chooser.ChooseResultsView):
    pass


class ChosenPersonView(ForThoseWhoGiveRoles, chooser.ChosenView):
    pass


class ChosenPeopleView(ForThoseWhoGiveRoles, chooser.ChosenMultipleView):
    pass


class PersonChooserViewSet(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Change this person")
    choose_view_class = ChoosePersonView
    choose_results_view_class = ChoosePersonResultsView
    chosen_view_class = ChosenPersonView
    chosen_multiple_view_class = ChosenPeopleView

    def get_urlpatterns(self) -> list[Any]:
        """Without the view that creates: accounts begin with an invitation."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


person_chooser_viewset = PersonChooserViewSet("person_chooser")

"""Choosers of domain models in the Wagtail admin: searchable, and closed to those who may not see the model."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import chooser

SEE = ["view", "add", "change"]


class SearchForm(BaseFilterForm):
    """Search by the fields that the model's own list is searched by; Wagtail searches indexed models only."""

    q = forms.CharField(label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False, max_length=100)

    def filter(self, objects: Any) -> Any:
        text = self.cleaned_data["q"]
        if not text:
            return super().filter(objects)
        self.is_searching, self.search_query = True, text
        fields = objects.model.snippet_viewset.search_fields
        return super().filter(objects.filter(reduce(or_, (Q(**{f"{field}__icontains": text}) for field in fields))))


class SeenByPermissionMixin(PermissionCheckedMixin):
    """
    Wagtail lets everyone in the admin look through every chooser; ours are for those who may see the model, and hold the rows that
    its list shows them.
    """

    any_permission_required = SEE
    model: Any
    model_class: Any
    request: Any

    def get_object_list(self) -> Any:
        return self.model_class.snippet_viewset.get_queryset(self.request)

    def get_object(self, pk: Any) -> Any:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: Any) -> Any:
        return self.get_object_list().filter(pk__in=pks)


class ChooseView(SeenByPermissionMixin, chooser.ChooseView):
    filter_form_class = SearchForm


class ChooseResultsView(SeenByPermissionMixin, chooser.ChooseResultsView):
    filter_form_class = SearchForm


class ChosenView(SeenByPermissionMixin, chooser.SnippetChosenView):
    pass


class ChosenMultipleView(SeenByPermissionMixin, chooser.SnippetChosenMultipleView):
    pass


class DomainChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

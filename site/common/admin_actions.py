"""Actions as buttons of the admin: a page that says what will happen, asks for what is needed and calls the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from common.actions import Refusal


class ActionView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """
    One action on one object, named in the `action_views` of its viewset, which makes it a button.

    A subclass sets the texts and, where the action asks for something, `form_class`; it calls the action in `act`.
    A `Refusal` is shown above the form. `name` is the last word of its address.
    """

    name: str
    permission_required = "change"
    template_name = "common/admin/action.html"
    form_class = forms.Form
    header_icon = "check"
    index_url_name: str | None = None
    inspect_url_name = ""
    explanation: Any = ""
    button_label: Any
    success_message: Any

    def act(self, form: Any) -> None:
        raise NotImplementedError

    @classmethod
    def is_offered(cls, instance: Any) -> bool:
        """Whether the button shows for an object as it stands; the action decides again."""
        return True

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.success_message % {"object": self.object})
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=[quote(self.object.pk)])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.index_url_name:
            items.append({"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)})
        return [*items, {"url": self.get_success_url(), "label": str(self.object)}, {"url": "", "label": self.get_page_title()}]

"""Roles at schools in the admin: recorded, verified, declined and ended by actions; their fields are not edited."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.views.snippets import CreateView

from alliance.actions.decline_school_role import decline_school_role
from alliance.actions.end_school_role import end_school_role
from alliance.actions.give_school_role import give_school_role
from alliance.actions.verify_school_role import verify_school_role
from alliance.models import SchoolRole
from common.actions import Refusal
from common.admin import DomainSnippetViewSet
from common.admin_actions import ActionView

REASON_LENGTH = 1000


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=REASON_LENGTH, required=False
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=REASON_LENGTH)


class EndForm(OptionalReasonForm):
    field_order = ["ends_on", "reason"]
    ends_on = forms.DateField(label=_("Last day"), widget=AdminDateInput)


class ClaimMixin:
    permission_required = "verify"

    @classmethod
    def is_offered(cls, instance: SchoolRole) -> bool:
        return instance.verified_at is None and instance.declined_at is None


class VerifyView(ClaimMixin, ActionView):
    name = "verify"
    form_class = OptionalReasonForm
    page_title = button_label = _("Verify")
    explanation = _(
        "Once verified, the role gives its holder the powers of its kind and sight of the school’s records. Check it with the school first."
    )
    success_message = _("The role was verified: %(object)s.")

    def act(self, form: Any) -> None:
        verify_school_role(role=self.object, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])


class DeclineView(ClaimMixin, ActionView):
    name = "decline"
    form_class = ReasonForm
    header_icon = "cross"
    page_title = button_label = _("Decline")
    success_message = _("The claim was declined: %(object)s.")

    def act(self, form: Any) -> None:
        decline_school_role(role=self.object, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])


class EndView(ActionView):
    name = "end"
    permission_required = "verify"
    form_class = EndForm
    header_icon = "date"
    page_title = button_label = _("Give it a last day")
    success_message = _("The role has a last day: %(object)s.")

    def act(self, form: Any) -> None:
        end_school_role(role=self.object, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    @classmethod
    def is_offered(cls, instance: SchoolRole) -> bool:
        return instance.declined_at is None


class GiveRoleView(CreateView):
    """Staff record a role: it is verified at once."""

    def save_instance(self) -> SchoolRole:
        fields = ("user", "school", "kind", "starts_on", "ends_on")
        return give_school_role(**{name: self.form.cleaned_data[name] for name in fields}, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_buttons(self) -> list[Any]:
        return []


class SchoolRoleFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("claimed", _("Claimed, waiting")), ("verified", _("Verified")), ("declined", _("Declined"))],
        empty_label=_("All"),
    )

    class Meta:
        model = SchoolRole
        fields = ["state", "kind"]

    def filter_state(self, queryset: Any, name: str, value: str) -> Any:
        if value == "claimed":
            return queryset.claimed()
        return queryset.filter(verified_at__isnull=False) if value == "verified" else queryset.filter(declined_at__isnull=False)


class SchoolRoleViewSet(DomainSnippetViewSet):
    model = SchoolRole
    icon = "user"
    menu_order = 200
    refused = frozenset({"delete", "change"})
    action_views = (VerifyView, DeclineView, EndView)
    add_view_class = GiveRoleView
    filterset_class = SchoolRoleFilterSet
    list_display = ["user", "kind", "school", "state", "starts_on", "ends_on"]
    list_select_related = ("user", "kind", "school")
    list_export = ["user", "user.email", "kind", "school_id", "school", "starts_on", "ends_on", "claimed_at", "verified_at", "declined_at"]
    export_headings = {"user.email": _("E-mail address"), "school_id": _("URN")}
    search_fields = ["user__first_name", "user__last_name", "user__email", "school__name", "school__urn"]
    panels = [
        FieldPanel("user"),
        FieldPanel("school"),
        FieldPanel("kind", widget=forms.Select),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
    ]
    menu_label = _("People’s roles at schools")

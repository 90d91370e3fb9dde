"""System leaders and membership in the admin."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from alliance.models import DeclaredInterest, LeaderDesignation, Membership, School, SystemLeader
from common.admin import DomainEditView, DomainSnippetViewSet, FixedOnceSavedForm


class LeaderForm(FixedOnceSavedForm):
    fixed_fields = ("user",)


def designations_held(leader: SystemLeader) -> str:
    """Today's designations, from rows that were fetched with the list."""
    today = timezone.localdate()
    return ", ".join(
        row.designation for row in leader.designations.all() if row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)
    )


class SystemLeaderViewSet(DomainSnippetViewSet):
    model = SystemLeader
    icon = "user"
    menu_order = 300
    list_display = ["user", "supporting_school", Column("designations", label=_("Designations"), accessor=designations_held), "is_active"]
    list_select_related = ("user", "supporting_school")
    list_filter = ["is_active", "specialisms", "designations__designation"]
    list_export = [
        "user",
        "user.email",
        "supporting_school_id",
        "supporting_school",
        "get_phases_display",
        "travel_limit_metres",
        "is_active",
    ]
    export_headings = {"user.email": _("E-mail address"), "supporting_school_id": _("URN")}
    search_fields = ["user__first_name", "user__last_name", "user__email", "supporting_school__name", "supporting_school__urn"]
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("supporting_school"),
            MultiFieldPanel(
                [
                    FieldPanel("specialisms", widget=CheckboxSelectMultiple),
                    FieldPanel("phases"),
                    FieldPanel("working_style"),
                    FieldPanel("summary"),
                ],
                heading=_("What they offer"),
            ),
            MultiFieldPanel(
                [FieldPanel("travel_limit_metres"), FieldPanel("is_active"), FieldPanel("consents_to_listing_at")],
                heading=_("How they work"),
            ),
        ],
        base_form_class=LeaderForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("designations")


class LeaderDesignationViewSet(DomainSnippetViewSet):
    model = LeaderDesignation
    icon = "success"
    menu_order = 310
    list_display = ["leader", "designation", "starts_on", "ends_on"]
    list_select_related = ("leader__user",)
    list_filter = {"designation": ["exact"], "ends_on": ["isnull"]}
    list_export = ["leader", "designation", "starts_on", "ends_on"]
    search_fields = ["leader__user__first_name", "leader__user__last_name"]
    panels = [FieldPanel("leader"), FieldPanel("designation"), FieldPanel("starts_on"), FieldPanel("ends_on")]


class DeclaredInterestViewSet(DomainSnippetViewSet):
    model = DeclaredInterest
    icon = "warning"
    menu_order = 320
    list_display = ["leader", "school", "reason", "declared_on"]
    list_select_related = ("leader__user", "school")
    list_filter = {"declared_on": ["gte", "lte"]}
    list_export = ["leader", "school_id", "school", "reason", "declared_on"]
    export_headings = {"school_id": _("URN")}
    search_fields = ["leader__user__first_name", "leader__user__last_name", "school__name", "school__urn"]
    panels = [FieldPanel("leader"), FieldPanel("school"), FieldPanel("reason"), FieldPanel("declared_on")]


class OneAtATime:
    """
    Mix in before a view that saves a membership: of two for one school at once the second waits, and then is refused
    in words. That memberships do not overlap is checked by `clean`, which alone cannot see what is not saved yet.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            list(School.objects.select_for_update().filter(pk=request.POST.get("school", "")))
            return super().post(request, *args, **kwargs)  # type: ignore[misc]  # a view is mixed in


class AddMembershipView(OneAtATime, CreateView):
    pass


class EditMembershipView(OneAtATime, DomainEditView):
    pass


class MembershipViewSet(DomainSnippetViewSet):
    model = Membership
    add_view_class = AddMembershipView
    edit_view_class = EditMembershipView
    icon = "tag"
    menu_order = 400
    list_display = ["school", "tier", "starts_on", "ends_on"]
    list_select_related = ("school", "tier")
    list_filter = {"tier": ["exact"], "ends_on": ["isnull"]}
    list_export = ["school_id", "school", "tier", "starts_on", "ends_on"]
    export_headings = {"school_id": _("URN")}
    search_fields = ["school__name", "school__urn"]
    panels = [FieldPanel("school"), FieldPanel("tier", widget=Select), FieldPanel("starts_on"), FieldPanel("ends_on")]

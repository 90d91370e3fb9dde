"""The alliance's own lists in the admin: their labels may be reworded, their keys are what other records store."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, ObjectList

from alliance.models import BankHoliday, MembershipTier, OrganisationKind, SchoolRoleKind, Specialism
from common.admin import DomainSnippetViewSet, FixedOnceSavedForm


class KeyedForm(FixedOnceSavedForm):
    fixed_fields = ("key",)


def keyed(*fields: str) -> ObjectList:
    """A form of name, key, some fields and the place in the list."""
    return ObjectList([FieldPanel(name) for name in ("name", "key", *fields, "order")], base_form_class=KeyedForm)


class OrganisationKindViewSet(DomainSnippetViewSet):
    model = OrganisationKind
    icon = "list-ul"
    list_display = ["name", "key", "is_school", "order"]
    list_filter = ["is_school"]
    list_export = ["key", "name", "is_school", "order"]
    search_fields = ["name", "key"]
    edit_handler = keyed("is_school")


class SchoolRoleKindViewSet(DomainSnippetViewSet):
    model = SchoolRoleKind
    icon = "list-ul"
    list_display = ["name", "key", "powers", "acts_for_head", "order"]
    list_filter = ["acts_for_head"]
    list_export = ["key", "name", "get_powers_display", "acts_for_head", "order"]
    search_fields = ["name", "key"]
    edit_handler = keyed("powers", "acts_for_head")


class SpecialismViewSet(DomainSnippetViewSet):
    model = Specialism
    icon = "list-ul"
    list_display = ["name", "key", "order"]
    list_export = ["key", "name", "order"]
    search_fields = ["name", "key"]
    edit_handler = keyed()


class MembershipTierViewSet(DomainSnippetViewSet):
    model = MembershipTier
    icon = "list-ul"
    list_display = ["name", "key", "order"]
    list_export = ["key", "name", "order"]
    search_fields = ["name", "key"]
    edit_handler = keyed()


class BankHolidayViewSet(DomainSnippetViewSet):
    model = BankHoliday
    icon = "date"
    list_display = ["name", "date"]
    list_filter = {"date": ["gte", "lte"]}
    list_export = ["date", "name"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("date")]

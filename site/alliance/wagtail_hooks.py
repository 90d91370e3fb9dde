"""What the alliance adds to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from alliance.models import User
from alliance.personal_data import erase_alliance_data, export_alliance_data
from alliance.viewsets.choosers import PersonChooserViewSet, person_chooser_viewset
from alliance.viewsets.leaders import DeclaredInterestViewSet, LeaderDesignationViewSet, MembershipViewSet, SystemLeaderViewSet
from alliance.viewsets.lists import (
    BankHolidayViewSet,
    MembershipTierViewSet,
    OrganisationKindViewSet,
    SchoolRoleKindViewSet,
    SpecialismViewSet,
)
from alliance.viewsets.places import OrganisationViewSet, SchoolLinkViewSet, SchoolViewSet
from alliance.viewsets.school_roles import SchoolRoleViewSet


class ListsGroup(SnippetViewSetGroup):
    menu_label = _("Lists")
    menu_icon = "list-ul"
    menu_order = 900
    add_to_admin_menu = False  # it hangs below the alliance's own
    menu_item_is_registered = True
    items = (OrganisationKindViewSet, SchoolRoleKindViewSet, SpecialismViewSet, MembershipTierViewSet, BankHolidayViewSet)


class AllianceGroup(SnippetViewSetGroup):
    menu_label = _("Alliance")
    menu_icon = "group"
    menu_order = 200
    items = (
        SchoolViewSet,
        SchoolLinkViewSet,
        OrganisationViewSet,
        SchoolRoleViewSet,
        SystemLeaderViewSet,
        LeaderDesignationViewSet,
        DeclaredInterestViewSet,
        MembershipViewSet,
        ListsGroup,
    )


register_snippet(AllianceGroup)


@hooks.register("register_admin_viewset")
def person_chooser() -> PersonChooserViewSet:
    return person_chooser_viewset


@hooks.register("before_bulk_action")
def refuse_bulk_changes_of_people(request: HttpRequest, action_type: str, objects: list[Any], bulk_action: Any) -> None:
    """People are not deleted, and Wagtail's bulk update of who is active would write no history."""
    if bulk_action.model is User:
        raise PermissionDenied


hooks.register("s2s_export_personal_data", export_alliance_data)
# Last: the other apps find what they hold by the name and address that are erased here.
hooks.register("s2s_erase_personal_data", erase_alliance_data, order=1000)

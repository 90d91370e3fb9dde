"""Schools and organisations in the admin."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from alliance.models import Organisation, School, SchoolLink
from common.admin import DomainSnippetViewSet, FixedOnceSavedForm
from common.admin_choosers import ChooseResultsView, ChooseView, DomainChooserViewSet


class SchoolForm(FixedOnceSavedForm):
    fixed_fields = ("urn",)


class PlaceColumnsMixin:
    """Tell schools of one name apart while choosing."""

    @property
    def columns(self) -> list[Any]:
        return [*super().columns, Column("urn", label=_("URN")), Column("place", label=_("Place"))]  # type: ignore[misc]


class ChooseSchoolView(PlaceColumnsMixin, ChooseView):
    pass


class ChooseSchoolResultsView(PlaceColumnsMixin, ChooseResultsView):
    pass


class SchoolChooserViewSet(DomainChooserViewSet):
    choose_view_class = ChooseSchoolView
    choose_results_view_class = ChooseSchoolResultsView


class SchoolViewSet(DomainSnippetViewSet):
    model = School
    icon = "home"
    menu_order = 100
    chooser_viewset_class = SchoolChooserViewSet
    list_display = ["name", "urn", "town", "local_authority", "phase", "status"]
    list_filter = {"status": ["exact"], "phase": ["exact"], "local_authority": ["icontains"], "trust": ["icontains"]}
    list_export = ["urn", "name", "phase", "type_name", "status", "local_authority", "trust", "town", "postcode", "opened_on", "closed_on"]
    search_fields = ["name", "urn", "town", "postcode"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("urn")]),
            MultiFieldPanel(
                [
                    FieldPanel("phase"),
                    FieldPanel("type_name"),
                    FieldPanel("status"),
                    FieldRowPanel([FieldPanel("opened_on"), FieldPanel("closed_on")]),
                ],
                heading=_("Kind"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("local_authority"), FieldPanel("local_authority_code")]),
                    FieldRowPanel([FieldPanel("trust"), FieldPanel("trust_code")]),
                    FieldRowPanel([FieldPanel("diocese"), FieldPanel("religious_character")]),
                ],
                heading=_("Who it belongs to"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("street"), FieldPanel("locality")]),
                    FieldRowPanel([FieldPanel("town"), FieldPanel("postcode")]),
                    FieldRowPanel([FieldPanel("telephone"), FieldPanel("website")]),
                    FieldRowPanel([FieldPanel("easting"), FieldPanel("northing")]),
                ],
                heading=_("Where it is"),
            ),
        ],
        base_form_class=SchoolForm,
    )


class SchoolLinkViewSet(DomainSnippetViewSet):
    model = SchoolLink
    icon = "arrow-right"
    menu_order = 110
    list_display = ["predecessor", "successor", "linked_on"]
    list_select_related = ("predecessor", "successor")
    list_export = ["predecessor_id", "predecessor", "successor_id", "successor", "linked_on"]
    list_filter = {"linked_on": ["gte", "lte"]}
    search_fields = ["predecessor__name", "predecessor__urn", "successor__name", "successor__urn"]
    panels = [FieldPanel("predecessor"), FieldPanel("successor"), FieldPanel("linked_on")]


class OrganisationViewSet(DomainSnippetViewSet):
    model = Organisation
    icon = "group"
    menu_order = 120
    list_display = ["name", "kind", "email", "telephone"]
    list_select_related = ("kind",)
    list_filter = ["kind"]
    list_export = ["name", "kind", "email", "telephone"]
    search_fields = ["name", "email"]
    panels = [FieldPanel("name"), FieldPanel("kind", widget=Select), FieldPanel("email"), FieldPanel("telephone")]

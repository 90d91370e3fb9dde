"""The field history of a record in the admin (A1): a page of its own, linked from its other pages."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView, BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from common.field_history import entries


class ChangesPaginator(WagtailPaginator):
    verbose_name = _("change")
    verbose_name_plural = _("changes")


class ChangesColumn(Column):
    cell_template_name = "common/admin/changes_cell.html"


class FieldHistoryView(PermissionCheckedMixin, BaseObjectMixin, BaseListingView):
    """Who changed which field when and why, newest first, a page at a time. Nothing here can be edited."""

    permission_required = "view"
    page_title = _("Field history")
    header_icon = "history"
    paginate_by = 20
    field_history_url_name = ""
    index_url_name = None
    inspect_url_name: str | None = None
    paginator_class = ChangesPaginator
    columns = [
        Column("at", label=_("When"), width="15%"),
        Column("who", label=_("Who"), width="15%"),
        Column("what", label=_("What")),
        ChangesColumn("changes", label=_("Changes"), width="40%"),
        Column("reason", label=_("Why"), width="20%"),
    ]

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.index_url_name:
            items.append({"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)})
        if self.inspect_url_name:
            items.append({"url": reverse(self.inspect_url_name, args=[quote(self.object.pk)]), "label": str(self.object)})
        return [*items, {"url": "", "label": self.get_page_title(), "sublabel": str(self.object)}]

    def get_index_url(self) -> str:
        """The address that the links to other pages of the list start with."""
        return reverse(self.field_history_url_name, args=[quote(self.object.pk)])

    def get_base_queryset(self) -> Any:
        return self.object.history.select_related("history_user").order_by("-history_date", "-history_id")

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        paginator, page, rows, several = super().paginate_queryset(queryset, page_size)
        before = queryset[page.end_index() : page.end_index() + 1].first() if page.has_next() else None
        return paginator, page, entries(list(rows), before=before), several


class FieldHistoryLinkMixin:
    """Add the way to the field history to the menu of a view of one object."""

    field_history_url_name: str | None = None

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]  # type: ignore[misc]  # a Wagtail view is mixed in
        if self.field_history_url_name and self.user_has_permission("view"):  # type: ignore[attr-defined]
            url = reverse(self.field_history_url_name, args=[quote(self.object.pk)])  # type: ignore[attr-defined]
            buttons.append(Button(_("Field history"), url=url, icon_name="history", priority=50))
        return buttons


class FieldHistoryViewSetMixin:
    """Give a viewset of a recorded model the page; its edit and inspect views link to it through `FieldHistoryLinkMixin`."""

    field_history_view_class = FieldHistoryView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(field_history_url_name=self.get_url_name("field_history"), **kwargs)  # type: ignore[misc,attr-defined]

    @property
    def field_history_view(self) -> Any:
        return self.construct_view(self.field_history_view_class)  # type: ignore[attr-defined]

    def get_urlpatterns(self) -> list[URLPattern]:
        address = f"field-history/<{self.pk_path_converter}:pk>/"  # type: ignore[attr-defined]
        return [*super().get_urlpatterns(), path(address, self.field_history_view, name="field_history")]  # type: ignore[misc]

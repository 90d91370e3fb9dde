"""What every page of the site has in common. Page types of plugins build on it too."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from website.tree import page_tree


class SitePage(Page):
    """
    A page with an introduction and a picture, served with few queries.

    A subclass that shows related rows overrides `served()` to fetch them with the page, and says in `parent_page_types`
    where it may stand. Its template extends `website/page.html`. `schema_type` says what search engines are told of
    it (`website.structured_data`): "Organization", "Service", "Article" or nothing.
    """

    schema_type = ""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences below the title. Also shown in lists and in search."),
    )
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("picture")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    @classmethod
    def served(cls) -> QuerySet[Self]:
        """
        The pages with what their template needs in the same query.

        A served page is remembered until the public content changes: what is fetched with it has to be a page, a picture
        or a model that is watched (`website.freshness.watch`).
        """
        return cls._default_manager.select_related("picture")

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Ask the database only about pages that the remembered tree does not know to be open to anybody."""
        row = page_tree().by_id.get(self.pk or 0)
        if row and not row.is_restricted:
            nothing: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
            nothing._result_cache = []  # Django would build a query to find that there is nothing to ask
            return nothing
        found: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return found

    @property
    def summary(self) -> str:
        """For search engines and lists elsewhere."""
        return str(self.search_description or self.introduction)

"""Home, standard and contact pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from website.blocks import BodyBlock, WayInBlock
from website.freshness import per_content
from website.models.base import SitePage
from website.models.stories import StoryPage

FEATURED = 3


class HomePage(SitePage):
    """The way in: what the alliance is for, what it offers, and stories of how it went (P0)."""

    schema_type = "Organization"

    heading = models.CharField(
        _("heading"), max_length=120, help_text=_("The large words at the top. The title is used in menus and browser tabs.")
    )
    ways_in = StreamField(
        [("way", WayInBlock())],
        verbose_name=_("ways in"),
        blank=True,
        max_num=4,
        help_text=_("What a visitor can ask for. Two are easiest to choose from."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction", heading=_("Mission"), help_text=_("What the alliance is for, in two or three sentences.")),
        FieldPanel("picture"),
        FieldPanel("ways_in"),
        FieldPanel("body"),
        HelpPanel(content=_("Stories marked as featured are shown below the body.")),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("heading"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "stories": featured_stories(self.locale_id), "meta_title": self.seo_title or self.heading}


@per_content
def featured_stories(locale_id: int) -> list[StoryPage]:
    """What editors want seen first, in one language."""
    return list(StoryPage.listed(locale_id).filter(is_featured=True)[:FEATURED])


class StandardPage(SitePage):
    """Any page of text: accessibility, privacy, the brief for governors."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["website.HomePage", "website.StandardPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class ContactPage(SitePage):
    """Everybody one can ring or write to, by role."""

    body = StreamField(
        BodyBlock(), verbose_name=_("body"), blank=True, help_text=_("Shown below the contacts, such as where the office is.")
    )

    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [HelpPanel(content=_("The contacts themselves are kept under Contacts in the menu and shown here by role."))],
            heading=_("Contacts"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

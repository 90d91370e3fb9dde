"""The public directory of system leaders (P8)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from website.facets import chosen_in, filters, matching
from website.leaders import ListedLeader, facets, listed_leader, listed_leaders
from website.models.base import SitePage
from website.models.listing import page_of
from website.tree import page_tree


class LeaderDirectoryPage(SitePage):
    """Leaders who agreed to be listed, to narrow down; each has a page of their own below it."""

    support_page = models.ForeignKey(
        Page,
        verbose_name=_("where to ask for support"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The button beside each leader leads there. Nobody is written to directly."),
    )

    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("support_page"),
        HelpPanel(content=_("Leaders are listed by themselves, once they agree to it in their account. Nothing about them is typed here.")),
    ]

    class Meta:
        verbose_name = _("directory of leaders")
        verbose_name_plural = _("directories of leaders")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page of a leader who is listed now; anybody else's is not there."""
        leader = listed_leader(path_components[0]) if len(path_components) == 1 and self.live else None
        return RouteResult(self, kwargs={"leader": leader}) if leader else super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "website/leader_page.html" if kwargs.get("leader") else "website/leader_directory_page.html"

    def get_context(self, request: HttpRequest, *args: Any, leader: ListedLeader | None = None, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        target = page_tree().in_language(self.support_page_id, get_language() or settings.LANGUAGE_CODE)
        context["support_url"] = target.url if target and not target.is_restricted else ""
        if leader:
            return {**context, "leader": leader, "meta_title": leader.name, "meta_description": leader.summary or self.summary}
        asked = facets()
        chosen = chosen_in(request, asked)
        found = page_of(request, matching(listed_leaders(), asked, chosen))
        return {**context, "found": found, "filters": filters(listed_leaders(), asked, chosen), "is_filtered": bool(chosen)}

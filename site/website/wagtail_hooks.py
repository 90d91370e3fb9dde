"""The website's part in Wagtail: caching of pages, cheap links in rich text, contacts in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from common.actions import Refusal
from common.admin import DomainSnippetViewSet
from common.jobs import DueJob
from common.retention import RetentionRule
from outbox.kinds import MessageKind
from website.admin_home import CommentsPanel
from website.message_kinds import KINDS
from website.models import ContactRole, ReadinessTheme, SiteWording, StoryPage
from website.page_cache import allow_caching
from website.permissions import MODERATE
from website.personal_data import erase_website_data, export_website_data
from website.retention import RULES
from website.rich_text import DocumentLinks, PageLinks
from website.scheduled import publish_scheduled
from website.signals import story_goes_live
from website.tree import page_tree
from website.viewsets import ArticleCommentViewSet

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]


@hooks.register("on_serve_page", order=-100)  # outermost: before Wagtail's check of restrictions
def let_open_pages_be_kept(serve: Serve) -> Serve:
    def serve_and_allow(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
        row = page_tree().by_id.get(page.pk)
        if row and not row.is_restricted:
            allow_caching(request)
        return serve(page, request, args, kwargs)

    return serve_and_allow


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own
def use_remembered_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)


@hooks.register("before_publish_page")
def tell_why_a_story_is_not_published(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """In the page editor, with what was typed kept as a draft."""
    if not isinstance(page, StoryPage):
        return None
    try:
        with transaction.atomic():  # receivers lock rows; Wagtail opens its own transaction later
            story_goes_live.send(sender=StoryPage, story=page)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


class ContactRoleViewSet(SnippetViewSet):
    model = ContactRole
    icon = "user"
    menu_label = _("Contacts")
    list_display = ["title", "person_name", "telephone", "email"]
    list_export = ["key", "title", "person_name", "telephone", "email", "hours"]
    inspect_view_enabled = True
    ordering = ["order", "title"]


class SiteWordingViewSet(SnippetViewSet):
    model = SiteWording
    icon = "globe"
    menu_label = _("Other languages")
    list_display = ["locale", "name", "strapline"]
    inspect_view_enabled = True


class ReadinessThemeViewSet(DomainSnippetViewSet):
    """Themes are taken out of the conversation by unpublishing them: answers refer to them, so none is deleted."""

    model = ReadinessTheme
    icon = "help"
    list_display = ["title", "school_question", "leader_question", "order", LiveStatusTagColumn()]
    list_filter = ["live"]
    list_export = ["key", "title", "introduction", "school_question", "leader_question", "order", "live"]
    search_fields = ["title", "key", "school_question", "leader_question"]


class WebsiteGroup(SnippetViewSetGroup):
    items = (ArticleCommentViewSet, ReadinessThemeViewSet, ContactRoleViewSet, SiteWordingViewSet)
    menu_label = _("Website")
    menu_icon = "site"
    menu_order = 250


register_snippet(WebsiteGroup)


@hooks.register("construct_homepage_panels")
def comments_panel(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(MODERATE):
        panels.append(CommentsPanel())


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [DueJob("scheduled publishing", publish_scheduled)]


@hooks.register("s2s_retention")
def retention() -> list[RetentionRule]:
    return RULES


hooks.register("s2s_export_personal_data", export_website_data)
hooks.register("s2s_erase_personal_data", erase_website_data)

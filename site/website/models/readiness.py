"""The readiness conversation (P5): themes with a question for each side, and the page to work through the school's."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from common.moderation import DocumentHistory
from website.blocks import BodyBlock
from website.models.base import SitePage

QUESTION = 400
"""The longest question, in characters."""


class ReadinessTheme(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """
    One theme of the conversation before support is agreed: what the system leader is asked, and what the supported school is.

    A question is answered with “not yet”, “partly” or “yes”, and words. A project keeps the wording that it was asked.
    """

    key = models.SlugField(
        _("key"), max_length=60, help_text=_("A short name that answers refer to, such as “trust”. Do not change it once it is in use.")
    )
    title = models.CharField(_("theme"), max_length=80)
    introduction = models.CharField(_("what it is about"), max_length=300, blank=True)
    school_question = models.CharField(
        _("question for the supported school"), max_length=QUESTION, help_text=_("It can be answered with “not yet”, “partly” or “yes”.")
    )
    leader_question = models.CharField(
        _("question for the system leader"), max_length=QUESTION, help_text=_("The same matter, from the other side.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Themes are asked from the lowest number up."))

    history = DocumentHistory()

    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("school_question"),
        TranslatableField("leader_question"),
        SynchronizedField("key", overridable=False),
        SynchronizedField("order", overridable=False),
    ]
    panels = [
        HelpPanel(content=_("Projects under way keep the wording that they were asked. What you publish is asked from then on.")),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("key"), FieldPanel("introduction"), FieldPanel("order")], heading=_("Theme")),
        MultiFieldPanel([FieldPanel("school_question"), FieldPanel("leader_question")], heading=_("What each side is asked")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("readiness theme")
        verbose_name_plural = _("readiness themes")
        ordering = ["order", "title", "pk"]
        permissions = [("publish_readinesstheme", _("Can publish readiness themes"))]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_readiness_theme_per_key_and_language")]

    def __str__(self) -> str:
        return self.title


class ReadinessPage(RoutablePageMixin, SitePage):
    """Where anybody works through the school's side of the readiness questions, theme by theme. Nothing of it is kept."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True, help_text=_("Shown above the questions."))

    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("body"),
        HelpPanel(content=_("The questions themselves are kept under Readiness themes in the menu.")),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("readiness page")
        verbose_name_plural = _("readiness pages")

    @path("")
    def start(self, request: HttpRequest) -> HttpResponseBase:
        return _views().start(request, self)

    @path("answer/")
    def answer(self, request: HttpRequest) -> HttpResponseBase:
        return _views().answer(request, self)


def _views() -> ModuleType:
    """Found late, since they read the models."""
    return import_module("website.readiness.views")

"""Articles on working school to school (P3)."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from website.blocks import BodyBlock
from website.enums import CommentState
from website.models.base import SitePage
from website.models.listing import page_of, without_restricted
from website.pictures import renditions_of


class ArticleIndexPage(SitePage):
    """All articles, newest first."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.ArticlePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "found": page_of(request, ArticlePage.listed(self.locale_id).filter(path__startswith=self.path))}


class ArticlePage(SitePage):
    schema_type = "Article"

    date = models.DateField(_("date"), help_text=_("The newest articles come first."))
    author = models.CharField(_("author"), max_length=100, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    takes_comments = models.BooleanField(
        _("readers may comment"), default=True, help_text=_("Without the tick no new comments are taken; those that are shown stay.")
    )

    parent_page_types = ["website.ArticleIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("author")], heading=_("About the article")),
        FieldPanel("body"),
        FieldPanel("takes_comments"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("author"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the comment that was not taken, where the page answers a post of one."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **getattr(request, "comment_refused", {})}

    @classmethod
    def listed(cls, locale_id: int) -> QuerySet[Self]:
        """Live articles of a language that everybody may open, newest first, with their pictures and how many comments are shown."""
        articles = (
            cls.objects.live()
            .filter(locale_id=locale_id)
            .annotate(comment_count=Count("reader_comments", filter=Q(reader_comments__state=CommentState.SHOWN)))
            .select_related("picture")
            .prefetch_related(renditions_of("card", field="picture"))
        )
        return without_restricted(articles).order_by("-date", "-pk")

"""What readers write below an article (P3). Nothing of it shows before a moderator has read it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from common.history import History
from website.enums import CommentState

MOST_LETTERS = 2000


class CommentQuerySet(models.QuerySet["ArticleComment"]):
    def waiting(self) -> Self:
        return self.filter(state=CommentState.WAITING)

    def shown(self) -> Self:
        return self.filter(state=CommentState.SHOWN)


class ArticleComment(models.Model):
    """Plain text by somebody signed in. `author_name` is their name when they wrote it; `settled_*` is the latest decision."""

    article = models.ForeignKey("website.ArticlePage", on_delete=models.CASCADE, related_name="reader_comments", verbose_name=_("article"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author"))
    author_name = models.CharField(_("name beside it"), max_length=200)
    text = models.TextField(_("comment"), max_length=MOST_LETTERS, blank=True)
    written_at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=10, choices=CommentState, default=CommentState.WAITING)
    settled_at = models.DateTimeField(_("decided"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    reason = models.TextField(_("why it was refused"), blank=True, max_length=500)

    history = History()
    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["article", "state"], name="comment_article_state")]
        permissions = [("moderate_articlecomment", "Can moderate comments")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=CommentState.WAITING, settled_at=None) | (~Q(state=CommentState.WAITING) & Q(settled_at__isnull=False)),
                name="comment_is_settled_once_it_waits_no_more",
            ),
            models.CheckConstraint(condition=~Q(state=CommentState.REFUSED, reason=""), name="refused_comment_has_a_reason"),
            models.CheckConstraint(condition=Q(state=CommentState.DELETED) | ~Q(text=""), name="only_a_deleted_comment_is_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {Truncator(self.text).chars(60)}" if self.text else self.author_name

"""How long comments that nobody sees any more are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from common.actions import Actor, acting
from common.personal_data import erase_in_history
from common.retention import RetentionRule
from website.enums import CommentState
from website.models import ArticleComment

KEPT = timedelta(days=365)
"""Long enough to answer a complaint about a comment that was refused or deleted."""


def over_before(moment: datetime) -> QuerySet[ArticleComment]:
    return ArticleComment.objects.filter(state__in=[CommentState.REFUSED, CommentState.DELETED], settled_at__lt=moment)


def delete(comment: ArticleComment, at: datetime) -> None:
    """Its words go from the history too, where that it was deleted is written without them."""
    erase_in_history(comment, text="")
    comment.text = ""
    with acting(by=Actor.job("retention")):
        comment.delete()


RULES = [RetentionRule(ArticleComment, KEPT, over_before, delete)]

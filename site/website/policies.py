"""When a comment may be written or moved, and the row that is locked while it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from common.actions import IllegalMove, ReasonMissing, Refusal
from website.enums import CommentState
from website.models import ArticleComment, ArticlePage
from website.transitions import Move, find_move
from website.tree import page_tree
from website.wording import site_settings


class CommentsAreClosed(Refusal):
    """The article, or the site, takes no comments."""


def takes_comments(article: ArticlePage) -> bool:
    """Whether the site and the article take new ones; only an article that anybody may open does."""
    row = page_tree().by_id.get(article.pk)
    return bool(site_settings().takes_comments and article.takes_comments and row and not row.is_restricted)


def check_article_takes_comments(article: ArticlePage) -> None:
    if not takes_comments(article):
        raise CommentsAreClosed(_("This article takes no comments any more."))


def lock_comment(comment: ArticleComment) -> ArticleComment:
    """Read the comment again, locked until the transaction ends: one decision at a time."""
    return ArticleComment.objects.select_for_update(of=("self",)).select_related("article").get(pk=comment.pk)


def check_move_is_listed(comment: ArticleComment, target: CommentState, reason: str) -> Move:
    move = find_move(comment.state, target)
    if move is None:
        raise IllegalMove(
            _("The comment is settled already: “%(now)s”. It cannot become “%(then)s”.")
            % {"now": comment.get_state_display(), "then": target.label}
        )
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(_("Say why: the author is told."))
    return move

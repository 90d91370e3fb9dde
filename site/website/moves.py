"""The one writer of a comment's state."""

from __future__ import annotations

from datetime import datetime

from common.actions import By
from common.personal_data import ERASED, erase_in_history
from website.enums import CommentState
from website.freshness import content_changed
from website.models import ArticleComment
from website.permissions import check_user_can_move_comment
from website.policies import check_move_is_listed, lock_comment


def move_comment(
    comment: ArticleComment, to: CommentState, *, by: By, at: datetime, reason: str = "", text: str | None = None
) -> ArticleComment:
    """
    Make a listed move, and have pages made anew where it changes what they show. `text` replaces the comment's words.

    Raises `PermissionDenied`, `OwnComment`, `IllegalMove` and `ReasonMissing`.
    """
    comment = lock_comment(comment)
    move = check_move_is_listed(comment, to, reason)
    comment.settled_by = check_user_can_move_comment(by, comment, move.by)
    comment.state, comment.settled_at, comment.reason = to, at, reason.strip()
    if text is not None:
        comment.text = text
    comment.full_clean(exclude=["article", "author"])
    comment.save()
    if CommentState.SHOWN in (move.source, move.target):
        content_changed()
    return comment


def erase_comment(comment: ArticleComment, *, at: datetime) -> None:
    """Take words and name out of a comment and its history, whatever its state: the law is the one exception to the table."""
    comment = lock_comment(comment)
    comment.state, comment.text, comment.author_name, comment.reason = CommentState.DELETED, "", ERASED, ""
    comment.settled_at = comment.settled_at or at
    comment.save()
    erase_in_history(comment, text="", author_name=ERASED, reason="")
    content_changed()

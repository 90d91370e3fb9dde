from __future__ import annotations

from datetime import datetime

from common.actions import By, action
from website.enums import CommentState
from website.models import ArticleComment
from website.moves import move_comment


@action
def delete_comment(*, comment: ArticleComment, by: By, at: datetime) -> ArticleComment:
    """
    Take one's own comment away for good: its words go, and the article shows it no more. What it said stays in the history.

    Raises `PermissionDenied` for anybody else's, and `IllegalMove` when it is deleted already.
    """
    return move_comment(comment, CommentState.DELETED, by=by, at=at, text="")

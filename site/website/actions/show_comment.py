from __future__ import annotations

from datetime import datetime

from common.actions import By, action
from outbox.actions.write_message import write_message
from website.enums import CommentState
from website.message_kinds import COMMENT_SHOWN
from website.models import ArticleComment
from website.moves import move_comment


@action
def show_comment(*, comment: ArticleComment, by: By, at: datetime) -> ArticleComment:
    """
    Show a comment below its article, and tell its author.

    Raises `PermissionDenied` unless a moderator asks, `OwnComment`, and `IllegalMove` when it is shown or deleted already.
    """
    comment = move_comment(comment, CommentState.SHOWN, by=by, at=at)
    write_message(kind=COMMENT_SHOWN, about=comment, to=comment.author, at=at)
    return comment

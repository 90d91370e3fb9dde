from __future__ import annotations

from datetime import datetime

from common.actions import By, action
from outbox.actions.write_message import write_message
from website.enums import CommentState
from website.message_kinds import COMMENT_REFUSED
from website.models import ArticleComment
from website.moves import move_comment


@action
def refuse_comment(*, comment: ArticleComment, reason: str, by: By, at: datetime) -> ArticleComment:
    """
    Refuse a comment, or take one down that is shown; its author is told why.

    Raises `PermissionDenied` unless a moderator asks, `OwnComment`, `ReasonMissing`, and `IllegalMove` for one deleted or refused already.
    """
    comment = move_comment(comment, CommentState.REFUSED, by=by, at=at, reason=reason)
    write_message(kind=COMMENT_REFUSED, about=comment, to=comment.author, at=at)
    return comment

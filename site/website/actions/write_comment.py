from __future__ import annotations

from datetime import datetime

from common.actions import By, action
from outbox.actions.write_message import write_message
from website.comments import told_of_comments
from website.message_kinds import COMMENT_WAITING
from website.models import ArticleComment, ArticlePage
from website.permissions import check_user_can_comment
from website.policies import check_article_takes_comments


@action
def write_comment(*, article: ArticlePage, text: str, by: By, at: datetime) -> ArticleComment:
    """
    Write a comment on an article. It is held until a moderator has read it; the moderators are told.

    Raises `PermissionDenied` without a confirmed address, `CommentsAreClosed`, and `ValidationError` for a text too long.
    """
    author = check_user_can_comment(by)
    check_article_takes_comments(article)
    comment = ArticleComment(
        article=article, author=author, author_name=author.get_full_name() or author.get_short_name(), text=text.strip(), written_at=at
    )
    comment.full_clean()
    comment.save()
    for person in told_of_comments():
        write_message(kind=COMMENT_WAITING, about=comment, to=person, at=at)
    return comment

"""What the website holds on a person: the comments they wrote."""

from __future__ import annotations

from datetime import datetime

from alliance.models import User
from common.personal_data import PersonalData
from website.models import ArticleComment
from website.moves import erase_comment


def export_website_data(user: User) -> PersonalData:
    written = ArticleComment.objects.filter(author=user)
    return {"comments on articles": list(written.values("article__title", "written_at", "author_name", "text", "state", "reason"))}


def erase_website_data(user: User, at: datetime) -> None:
    """Delete the person's comments, words and name, in the history too. That there was one, and what was decided, stays."""
    for comment in ArticleComment.objects.filter(author=user):
        erase_comment(comment, at=at)

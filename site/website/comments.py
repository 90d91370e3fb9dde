"""What pages and moderators ask about comments."""

from __future__ import annotations

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from alliance.models import User
from alliance.queries import people_with_role, told_of_requests
from alliance.roles import Role
from website.enums import CommentState
from website.models import ArticleComment, ArticlePage

PER_PAGE = 20


def comments_page(request: HttpRequest, article: ArticlePage) -> PageOfResults[ArticleComment]:
    """The shown comments on an article, oldest first, a screenful at a time."""
    return Paginator(article.reader_comments.shown(), PER_PAGE).get_page(request.GET.get("page"))


def own_comments(article: ArticlePage, user: User) -> QuerySet[ArticleComment]:
    """What somebody wrote on an article and others do not see: it waits, or was refused."""
    return article.reader_comments.filter(author=user, state__in=[CommentState.WAITING, CommentState.REFUSED])


def told_of_comments() -> QuerySet[User]:
    """Who hears of a comment that waits: the editors and, while there is none, whoever hears of requests."""
    editors = people_with_role(Role.EDITOR)
    return editors if editors.exists() else told_of_requests()

"""The comments below an article, with the form or the way to sign in."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from website.comments import comments_page, own_comments
from website.forms.comments import CommentForm
from website.models import ArticlePage
from website.navigation import is_signed_in
from website.policies import takes_comments
from website.tree import page_tree
from website.wording import site_settings

register = template.Library()


@register.inclusion_tag("website/components/comments.html", takes_context=True)
def comments(context: dict[str, Any], article: ArticlePage) -> dict[str, Any]:
    """Nothing while the site takes no comments; in a preview the words alone."""
    request, row = context["request"], page_tree().by_id.get(article.pk or 0)
    if not site_settings().takes_comments or row is None:
        return {}
    signed_in = is_signed_in(request)
    ways = urlencode({"next": f"{row.url}#comments"})
    return {
        "request": request,
        "website": context["website"],
        "csrf_token": context.get("csrf_token"),
        "article": article,
        "found": comments_page(request, article),
        "own": own_comments(article, request.user) if signed_in else [],
        "reader": request.user.pk if signed_in else None,
        "is_open": takes_comments(article),
        "form": context.get("form") or (CommentForm() if signed_in else None),
        "too_often": context.get("too_often"),
        "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{ways}",
        "register": f"{resolve_url('account_signup')}?{ways}",
    }

"""The messages about comments, and about pages that were not published on their day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from outbox.kinds import MessageKind
from outbox.models import OutboxMessage
from website.enums import CommentState
from website.tree import page_tree

COMMENT_WAITING, COMMENT_SHOWN, COMMENT_REFUSED = "comment_waiting", "comment_shown", "comment_refused"
SCHEDULE_REFUSED = "schedule_refused"


def to_moderate(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    with translation.override(message.language or settings.LANGUAGE_CODE):
        link = settings.SITE_URL + reverse("wagtailsnippets_website_articlecomment:waiting")
    return {"comment": message.about, "link": link}


def to_article(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    comment: Any = message.about
    row = page_tree().by_id.get(comment.article_id)
    return {"comment": comment, "link": f"{settings.SITE_URL}{row.url}#comments" if row else settings.SITE_URL}


def to_edit(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """What nobody has published yet may be confidential, its title too: it is named by its kind alone. The link is where it is edited."""
    about: Any = message.about
    address = AdminURLFinder().get_edit_url(about) or reverse("wagtailadmin_home")
    return {
        "title": about.title if isinstance(about, Page) and about.live else about._meta.verbose_name,
        "link": settings.SITE_URL + address,
    }


def in_state(state: CommentState) -> Any:
    """A message is dropped once its comment is decided otherwise, or gone."""
    return lambda message: message.about is not None and message.about.state == state


KINDS = [
    MessageKind(
        COMMENT_WAITING,
        _("A comment on an article waits to be read"),
        "website/mail/comment_waiting.txt",
        to_moderate,
        still_wanted=in_state(CommentState.WAITING),
        relevant_to=lambda user: user.has_perm("website.moderate_articlecomment"),
    ),
    MessageKind(
        COMMENT_SHOWN,
        _("My comment is shown"),
        "website/mail/comment_shown.txt",
        to_article,
        can_be_muted=False,
        still_wanted=in_state(CommentState.SHOWN),
    ),
    MessageKind(
        COMMENT_REFUSED,
        _("My comment was refused"),
        "website/mail/comment_refused.txt",
        to_article,
        can_be_muted=False,
        still_wanted=in_state(CommentState.REFUSED),
    ),
    MessageKind(
        SCHEDULE_REFUSED,
        _("What I set for a day could not be published"),
        "website/mail/schedule_refused.txt",
        to_edit,
        can_be_muted=False,
        still_wanted=lambda message: message.about_type.model_class() is not None and message.about is not None,
    ),
]

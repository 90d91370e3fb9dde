"""The message of a saved request: its link is made when it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from alliance.roles import has_role
from common.links import make_link
from outbox.kinds import MessageKind
from outbox.models import OutboxMessage
from s2s_forms.actions.remind_of_reviews import LOOK_AFTER_PROTOCOLS, REVIEW_DUE
from s2s_forms.drafts import DRAFT_LASTS, RESUME


def resume_link(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The link works for as long as the draft is kept."""
    draft: Any = message.about
    until = draft.changed_at + DRAFT_LASTS
    token = make_link(purpose=RESUME, subject=draft, at=at, expires_at=until)
    return {"link": settings.SITE_URL + reverse("s2s_forms:resume", args=[token]), "until": until}


def is_unsent(message: OutboxMessage) -> bool:
    draft: Any = message.about
    return draft is not None and draft.case_id is None


def review_link(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    return {"page": message.about, "link": settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[message.about_id])}


def review_is_due(message: OutboxMessage) -> bool:
    """Nobody has set another date meanwhile."""
    page: Any = message.about
    return page is not None and str(page.review_due_on) == message.details["due"]


def looks_after_protocols(user: User) -> bool:
    return has_role(user, *LOOK_AFTER_PROTOCOLS)


KINDS = [
    MessageKind(
        REVIEW_DUE,
        _("The review of a protocol is due"),
        "s2s_forms/mail/review_due.txt",
        review_link,
        relevant_to=looks_after_protocols,
        still_wanted=review_is_due,
    ),
    MessageKind(
        "draft_saved", _("A request you saved"), "s2s_forms/mail/draft_saved.txt", resume_link, can_be_muted=False, still_wanted=is_unsent
    ),
]

"""The messages of cases. An e-mail says that there is something to read, never what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alliance.access import ALLIANCE_STAFF_ROLES
from alliance.models import User
from alliance.roles import has_role
from cases.purposes import FOLLOW
from cases.queries import follow_parts_of
from cases.turns import promised_by
from common.links import make_link
from outbox.kinds import MessageKind
from outbox.models import OutboxMessage

Context = Callable[[OutboxMessage, datetime], dict[str, Any]]
FOLLOW_LINK_LASTS = timedelta(days=400)


def follow_link(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """A fresh private link for the requester. Earlier ones go on working until they expire or are revoked."""
    case: Any = message.about
    token = make_link(purpose=FOLLOW, subject=case, at=at, expires_at=at + FOLLOW_LINK_LASTS)
    return {"case": case, "link": settings.SITE_URL + reverse("follow", args=[token])}


def receipt(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The follow link, whether what was sent can be read there, and the day by which the alliance promised a first answer."""
    context = follow_link(message, at)
    case = context["case"]
    return {
        **context,
        "shows_answers": any(part.holds_answers for part in follow_parts_of(case)),
        "answer_by": promised_by("FIRST_ANSWER", case.opened_at),
    }


def portal_link(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The address of the case in the portal, which asks for a sign-in."""
    case: Any = message.about
    with translation.override(message.language or settings.LANGUAGE_CODE):
        return {"case": case, "link": settings.SITE_URL + reverse("portal:case", args=[case.reference])}


def to_requester(key: str, label: Any, context: Context = follow_link) -> MessageKind:
    return MessageKind(key=key, label=label, template=f"cases/mail/{key}.txt", context=context, can_be_muted=False)


def to_staff(key: str, label: Any, *, can_be_muted: bool = True) -> MessageKind:
    return MessageKind(
        key=key,
        label=label,
        template=f"cases/mail/{key}.txt",
        context=portal_link,
        can_be_muted=can_be_muted,
        relevant_to=is_staff_of_alliance,
    )


def is_staff_of_alliance(user: User) -> bool:
    return has_role(user, *ALLIANCE_STAFF_ROLES)


KINDS = [
    to_requester("request_received", _("Your request arrived"), receipt),
    to_requester("question_asked", _("The alliance asked a question")),
    to_requester("message_sent", _("The alliance sent a message")),
    to_requester("case_closed", _("Your request was closed")),
    to_staff("case_arrived", _("A request arrives"), can_be_muted=False),
    to_staff("case_assigned", _("A case is given to me")),
    to_staff("question_answered", _("A question of ours is answered")),
    to_staff("message_came", _("A requester writes to us")),
    to_staff("case_withdrawn", _("A request is withdrawn")),
]

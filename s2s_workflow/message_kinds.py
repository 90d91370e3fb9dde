"""The messages of projects. An e-mail says that something waits or happened, never what is in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.models import School, User
from alliance.queries import leader_of
from alliance.roles import Role, has_role
from cases.message_kinds import portal_link
from outbox.kinds import MessageKind
from outbox.models import OutboxMessage
from s2s_workflow.telling import ARRANGEMENTS, NEWS, STORY, YOUR_TURN
from website.navigation import governors_brief


def with_sentence(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The link to the case, and the marked sentence that the message was written with, in the reader's language."""
    with translation.override(message.language or translation.get_language()):
        return {**portal_link(message, at), "sentence": gettext(message.details["sentence"])}


def with_page(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """The link to the story in Wagtail's page editor, with the marked sentence."""
    story: Any = message.about
    with translation.override(message.language or translation.get_language()):
        link = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[story.pk])
        return {"reference": message.details["reference"], "link": link, "sentence": gettext(message.details["sentence"])}


def for_governors(message: OutboxMessage, at: datetime) -> dict[str, Any]:
    """Which of the reader's schools it is about, the case where it is theirs to open, and the brief for governors (P9)."""
    case: Any = message.about
    school = message.details["school"]
    language = message.language or settings.LANGUAGE_CODE
    is_supported = case.supported_school_id == school
    return {
        **(portal_link(message, at) if is_supported else {"case": case}),
        "is_supported": is_supported,
        "school": School.objects.get(pk=school),
        "brief": governors_brief(language),
    }


def is_governor(user: User) -> bool:
    return any(role.kind.is_governing for role in user.school_roles.select_related("kind"))


def has_a_part(user: User) -> bool:
    """Whether news of projects can concern somebody: a role in the alliance or at a school, or a leader."""
    return has_role(user, *Role) or leader_of(user) is not None or user.school_roles.exists()


KINDS = [
    MessageKind(
        YOUR_TURN, _("Something waits for me on a support project"), "s2s_workflow/mail/turn.txt", with_sentence, can_be_muted=False
    ),
    MessageKind(
        STORY,
        _("Something happened to a story"),
        "s2s_workflow/mail/story.txt",
        with_page,
        can_be_muted=False,
        still_wanted=lambda message: message.about is not None,
        relevant_to=lambda user: has_role(user, Role.EDITOR),
    ),
    MessageKind(
        ARRANGEMENTS,
        _("Support that my school gives or gets was arranged"),
        "s2s_workflow/mail/arrangements.txt",
        for_governors,
        relevant_to=is_governor,
    ),
    MessageKind(NEWS, _("Something happened on a support project"), "s2s_workflow/mail/news.txt", with_sentence, relevant_to=has_a_part),
]

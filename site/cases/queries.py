"""What the pages of a case read, each in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail import hooks

from alliance.models import User
from alliance.queries import people_with_role
from alliance.roles import Role
from cases.barred import people_barred_from
from cases.contributions import FollowPart
from cases.enums import FINAL, PublicStatus, Side
from cases.models import Attachment, Case, CaseEvent, Message, Turn
from cases.models.messages import MessageQuerySet
from cases.signals import endings_wanted
from common.actions import Actor, By


@dataclass(frozen=True)
class FollowPage:
    """
    What the requester sees: never an internal note, an internal event or what the alliance calls its own work.

    `turns` are the requester's; of ours they read that there is something, and by when.
    """

    case: Case
    questions: list[Message]
    messages: list[Message]
    events: list[CaseEvent]
    turns: list[Turn]
    our_turn: bool
    we_answer_by: date | None
    attachments: list[Attachment]
    can_withdraw: bool


def follow_page_of(case: Case) -> FollowPage:
    messages = list(messages_of(case).for_requester())
    turns = list(case.turns.open())
    ours = [turn for turn in turns if turn.side == Side.ALLIANCE]
    return FollowPage(
        case=case,
        questions=[message for message in messages if message.is_question and not message.settled_at and not hasattr(message, "answer")],
        messages=messages,
        events=list(case.events.public().order_by("-happened_at", "-pk")),
        turns=[turn for turn in turns if turn.side == Side.REQUESTER],
        our_turn=bool(ours),
        we_answer_by=min((turn.due_on for turn in ours if turn.due_on), default=None),
        attachments=list(case.attachments.filter(message=None).select_related("private_file")),
        can_withdraw=PublicStatus.WITHDRAWN in endings_of(case, Actor.link_holder(case.contact_name)),
    )


def follow_parts_of(case: Case) -> list[FollowPart]:
    """What plugins add to the follow page, in order."""
    return sorted((part for hook in hooks.get_hooks("s2s_follow_parts") for part in hook(case)), key=lambda part: part.order)


def possible_owners(case: Case) -> QuerySet[User]:
    """Whom a case can be given to: alliance staff but those barred from it."""
    staff = people_with_role(Role.S2S_LEAD, Role.BROKER)
    for barred in people_barred_from(case):
        staff = staff.exclude(pk__in=barred)
    return staff.order_by("last_name", "first_name", "pk")


def endings_of(case: Case, by: By) -> frozenset[PublicStatus]:
    """How somebody may end the case as it stands: any way, unless a plugin knows better; a closed one no way at all."""
    if not case.is_open:
        return frozenset()
    answers: list[tuple[Any, Any]] = endings_wanted.send(sender=Case, case=case, by=by)
    return frozenset(FINAL).intersection(*(endings for _receiver, endings in answers if endings is not None))


def messages_of(case: Case) -> MessageQuerySet:
    """All messages of a case, oldest first, with answers and attachments."""
    files = Prefetch("attachments", queryset=Attachment.objects.select_related("private_file"))
    return Message.objects.filter(case=case).select_related("answer", "answers").prefetch_related(files).order_by("written_at", "pk")

"""How long requests that came to nothing are kept as they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cases.actions.anonymise_case import EMPTIED, anonymise_case
from cases.enums import PublicStatus
from cases.models import Case
from cases.signals import became_more_wanted
from common.actions import Actor
from common.retention import RetentionRule

CAME_TO_NOTHING = (PublicStatus.DECLINED, PublicStatus.REFERRED, PublicStatus.WITHDRAWN)
WENT_FURTHER = (
    PublicStatus.ARRANGING,
    PublicStatus.AGREEING,
    PublicStatus.BOOKED,
    PublicStatus.UNDER_WAY,
    PublicStatus.REVIEWING,
    PublicStatus.COMPLETED,
)
"""Where only a case of which more came has ever been. Plugins know more exactly, but one may be switched off."""


def ended_before(moment: datetime) -> QuerySet[Case]:
    """Requests that were declined, passed on or withdrawn before a moment, of which nothing more came, and that still name somebody."""
    ended = Case.objects.filter(public_status__in=CAME_TO_NOTHING, closed_at__lt=moment)
    ended = ended.exclude(pk__in=Case.history.filter(public_status__in=WENT_FURTHER).order_by().values("id"))
    answers: list[tuple[Any, Any]] = became_more_wanted.send(sender=Case)
    for _receiver, keys in answers:
        ended = ended.exclude(pk__in=keys)
    return ended.exclude(title=EMPTIED["title"], contact_email=EMPTIED["contact_email"])


def _anonymise(case: Case, at: datetime) -> None:
    anonymise_case(case=case, by=Actor.job("retention"), at=at)


def rules() -> list[RetentionRule]:
    """Cases are counted for years; who asked, and what they wrote, is needed for as long as somebody may come back to it."""
    return [RetentionRule(Case, timedelta(days=settings.ENDED_REQUEST_DAYS), ended_before, _anonymise, anonymises=True)]

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
from common.retire import cases_of_absent_plugins

CAME_TO_NOTHING = (PublicStatus.DECLINED, PublicStatus.REFERRED, PublicStatus.WITHDRAWN)


def ended_before(moment: datetime) -> QuerySet[Case]:
    """
    Requests that were declined, passed on or withdrawn before a moment, of which nothing more came, and that still name somebody.

    One of which a plugin that is switched off has a record waits until it is back: only that plugin knows what came of it.
    """
    ended = Case.objects.filter(public_status__in=CAME_TO_NOTHING, closed_at__lt=moment)
    ended = ended.exclude(pk__in=cases_of_absent_plugins())
    answers: list[tuple[Any, Any]] = became_more_wanted.send(sender=Case)
    for _receiver, keys in answers:
        ended = ended.exclude(pk__in=keys)
    return ended.exclude(title=EMPTIED["title"], contact_email=EMPTIED["contact_email"])


def _anonymise(case: Case, at: datetime) -> None:
    anonymise_case(case=case, by=Actor.job("retention"), at=at)


def rules() -> list[RetentionRule]:
    """Cases are counted for years; who asked, and what they wrote, is needed for as long as somebody may come back to it."""
    return [RetentionRule(Case, timedelta(days=settings.ENDED_REQUEST_DAYS), ended_before, _anonymise, anonymises=True)]

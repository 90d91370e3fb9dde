"""Record what happened, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as N_

from cases.models import Case, CaseEvent
from common.actions import Actor, By

__all__ = ["N_", "record_event"]


def record_event(case: Case, sentence: str, *, by: By, at: datetime, reason: str = "", public: bool = False, **values: Any) -> CaseEvent:
    """
    Write one event; `sentence` is English, marked with `N_`, and may hold `%(name)s` for each of `values`.

    Called inside the action it tells of.
    """
    actor = Actor.of(by)
    return CaseEvent.objects.create(
        case=case,
        happened_at=at,
        actor_name=actor.name,
        actor=actor.user,
        sentence=sentence,
        values=values,
        reason=reason,
        is_public=public,
    )

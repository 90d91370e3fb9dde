"""How long requests that were never sent are kept."""

from __future__ import annotations

from datetime import datetime

from common.actions import Actor
from common.retention import RetentionRule
from s2s_forms.actions.discard_draft import discard_draft
from s2s_forms.drafts import DRAFT_LASTS
from s2s_forms.models import RequestDraft


def _discard(draft: RequestDraft, at: datetime) -> None:
    discard_draft(draft=draft, by=Actor.job("retention"), at=at)


RULES = [RetentionRule(RequestDraft, DRAFT_LASTS, lambda moment: RequestDraft.objects.filter(changed_at__lt=moment), _discard)]
"""Untouched for as long as the visitor was promised. Of a request that was sent, the draft holds nothing but which case it became."""

"""The moment that an action was told: Wagtail hands none through to the end of a workflow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_at: ContextVar[datetime | None] = ContextVar("at", default=None)


def told() -> datetime | None:
    """What the running action was told; None for a decision that no action of ours carries."""
    return _at.get()


def moment() -> datetime:
    return told() or timezone.now()


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Name the moment for whatever is decided inside the block."""
    token = _at.set(at)
    try:
        yield
    finally:
        _at.reset(token)

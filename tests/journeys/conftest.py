"""Journeys meet the product as people do: a server, a database with what migrations put there, a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from common.jobs import run_due_jobs
from website.freshness import forget


@pytest.fixture
def site(transactional_db, live_server, settings) -> str:
    """The address of a running product on a freshly migrated database."""
    forget()
    cache.clear()
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def post() -> Callable[[str], str]:
    """Let the job runner pass, then read the newest mail to an address."""

    def newest_to(address: str) -> str:
        run_due_jobs(at=timezone.now() + timedelta(seconds=1))
        return next(message.body for message in reversed(mail.outbox) if message.to == [address])

    return newest_to

"""Due jobs: what time brings about. Each may run at any moment, any number of times, on any machine."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail import hooks

from common.actions import Actor, acting
from common.models import JobRun

LEASE = timedelta(minutes=10)
log = logging.getLogger("s2s.jobs")


@dataclass(frozen=True)
class DueJob:
    """
    A job of the runner. `run` gets the moment of the pass; running it twice does no more than once.

    `every` is the least time between two runs; zero means every pass.
    """

    name: str
    run: Callable[[datetime], object]
    every: timedelta = timedelta(0)


def due_jobs() -> list[DueJob]:
    """All jobs of the core and the plugins, from the hook `s2s_due_jobs`."""
    return [job for hook in hooks.get_hooks("s2s_due_jobs") for job in hook()]


def run_due_jobs(*, at: datetime) -> list[str]:
    """Run every job whose time has come; returns the names of those that failed. One failing does not stop the others."""
    return [job.name for job in due_jobs() if _take_lease(job, at) and not _run(job, at)]


def _take_lease(job: DueJob, at: datetime) -> bool:
    """Of two runners exactly one gets the row: the update says who."""
    JobRun.objects.get_or_create(name=job.name)
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    due = Q(started_at=None) | Q(started_at__lte=at - job.every)
    return bool(JobRun.objects.filter(free, due, name=job.name).update(leased_until=at + LEASE, started_at=at))


def _run(job: DueJob, at: datetime) -> bool:
    error = ""
    try:
        with acting(by=Actor.job(job.name)):
            job.run(at)
    except Exception as failure:
        log.exception("The job %s failed", job.name)
        error = f"{type(failure).__name__}: {failure}"
    with transaction.atomic():
        JobRun.objects.filter(name=job.name).update(leased_until=None, finished_at=timezone.now(), error=error)
    return not error

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from common.actions import current_actor_name
from common.jobs import LEASE, DueJob, run_due_jobs
from common.models import JobRun
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(monkeypatch) -> list[DueJob]:
    """The jobs of the pass: a test fills the list."""
    found: list[DueJob] = []
    monkeypatch.setattr("common.jobs.due_jobs", lambda: found)
    return found


def fail(at):
    raise ValueError("no luck")


def test_run_due_jobs_runs_each_with_the_moment_and_its_name(jobs):
    seen = []
    jobs.append(DueJob("reminders", lambda at: seen.append((at, current_actor_name()))))

    assert run_due_jobs(at=NOON) == []

    assert seen == [(NOON, "job: reminders")]


def test_run_due_jobs_goes_on_after_a_failure_and_keeps_it(jobs):
    seen = []
    jobs += [DueJob("broken", fail), DueJob("whole", seen.append)]

    assert run_due_jobs(at=NOON) == ["broken"]

    assert seen == [NOON]
    assert dict(JobRun.objects.values_list("name", "error")) == {"broken": "ValueError: no luck", "whole": ""}


def test_run_due_jobs_waits_as_long_as_a_job_says(jobs):
    seen = []
    jobs.append(DueJob("daily", seen.append, every=timedelta(days=1)))

    for hours in (0, 1, 23, 24, 25):
        run_due_jobs(at=NOON + timedelta(hours=hours))

    assert seen == [NOON, NOON + timedelta(hours=24)]


def test_run_due_jobs_leaves_a_job_that_another_runner_has(jobs):
    seen = []
    jobs.append(DueJob("mail", seen.append))
    JobRun.objects.create(name="mail", leased_until=NOON + LEASE, started_at=NOON)

    run_due_jobs(at=NOON + LEASE / 2)
    run_due_jobs(at=NOON + LEASE)  # the other runner must have died

    assert seen == [NOON + LEASE]


def test_run_due_jobs_command_fails_when_a_job_did(jobs):
    jobs.append(DueJob("broken", fail))

    with pytest.raises(CommandError, match="Failed: broken"):
        call_command("run_due_jobs")

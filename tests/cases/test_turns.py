"""The job that keeps turns true: one case that fails does not keep the others from it, and the failure shows."""

from __future__ import annotations

from typing import Any

import pytest

from cases import turns
from cases.models import Case, Turn
from cases.turns import keep_turns_true, synchronise_turns
from common.jobs import DueJob, run_due_jobs
from common.models import JobRun
from tests.conftest import NOON
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Case:
    """The first of two cases, both without the turns they want, whose turns cannot be told."""
    first, _second = make_case(), make_case()
    Turn.objects.all().delete()

    def synchronise(case: Case, **kwargs: Any) -> None:
        synchronise_turns(case, **kwargs)
        if case.pk == first.pk:
            raise ValueError("no luck")

    monkeypatch.setattr(turns, "synchronise_turns", synchronise)
    return first


def test_a_case_that_fails_keeps_what_it_had_and_the_others_get_their_turns(broken: Case) -> None:
    with pytest.raises(ExceptionGroup) as failed:
        keep_turns_true(NOON)

    assert [str(error) for error in failed.value.exceptions] == ["no luck"]
    assert set(Turn.objects.open().values_list("case", flat=True)) == {Case.objects.exclude(pk=broken.pk).get().pk}


def test_the_run_of_the_job_shows_the_failure(broken: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("common.jobs.due_jobs", lambda: [DueJob("turns", keep_turns_true)])

    assert run_due_jobs(at=NOON) == ["turns"]

    assert "1 case" in JobRun.objects.get(name="turns").error
    assert f"The turns of case {broken.pk} could not be kept true" in caplog.text

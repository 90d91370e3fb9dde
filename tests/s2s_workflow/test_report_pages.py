"""The due diligence report in the portal: written as a draft, sent in, decided on, and read by whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common.moderation import decide_on_document
from s2s_workflow.enums import Stage
from s2s_workflow.models import DueDiligenceReport
from tests.conftest import NOON
from tests.factories.projects import FULL, SHORT, Cast, reach
from tests.s2s_workflow.document_pages import page_of, seen, send, tab, turns_of

pytestmark = pytest.mark.django_db
REPORT_ONLY = {**SHORT, "due_diligence": True}
REPORT = {"findings": "CANARY-REPORT", "tried_already": "A course", "inspection_risk": "High", "recommendation": "Coaching"}


def make_once() -> Cast:
    cast = Cast(rules=REPORT_ONLY)
    cast.start_due_diligence()
    return cast


@pytest.fixture
def diligence(made: Cast) -> Cast:
    return made


def test_report_is_written_in_several_goes_sent_in_and_approved(diligence):
    cast = diligence
    send(cast.broker, cast, "write-report", **{**REPORT, "recommendation": ""}, seen=0)
    report = DueDiligenceReport.objects.get()
    assert (report.live, "Before it can be sent in" in tab(cast.broker, cast)) == (False, True)
    assert b"CANARY-REPORT</textarea>" in page_of(cast.broker, cast, "write-report").content

    send(cast.broker, cast, "write-report", **REPORT, seen=seen(report))
    send(cast.broker, cast, "send-report")
    assert ("report-review" in turns_of(cast.lead, cast), "With its reviewers since" in tab(cast.lead, cast)) == (True, True)
    report.refresh_from_db()
    response = send(cast.lead, cast, "decide-report", decision="approve", comment="Good.", seen=seen(report))

    report.refresh_from_db()
    assert (response.status_code, report.live, cast.fresh().stage) == (302, True, Stage.BROKERING)
    assert "Approved on" in tab(cast.lead, cast)


def test_a_document_is_approved_on_the_day_of_the_decision_however_often_it_goes_live(diligence):
    cast = diligence
    cast.submit_report()
    decide_on_document(document=cast.fresh().due_diligence, approve=True, by=cast.lead, at=NOON)
    DueDiligenceReport.objects.update(last_published_at=NOON + timedelta(days=30))

    assert "Approved on 18 November 2026." in tab(cast.lead, cast)


def test_incomplete_report_is_not_sent_in(diligence):
    cast = diligence
    send(cast.broker, cast, "write-report", **{**REPORT, "recommendation": ""}, seen=0)

    send(cast.broker, cast, "send-report")

    assert (DueDiligenceReport.objects.get().workflow_in_progress, cast.fresh().stage) == (False, Stage.DUE_DILIGENCE)


def test_report_and_that_there_is_one_are_kept_from_schools_and_team():
    cast = Cast(rules=FULL)
    cast.start_brokering()
    reach(cast, Stage.TEAM_AGREED)
    DueDiligenceReport.objects.get()
    reads = {who: "What we know of findings." in tab(user, cast) for who, user in {
        "lead": cast.lead, "group": cast.group[0], "head": cast.head, "supporting head": cast.supporting_head, "leader": cast.leader.user,
    }.items()}  # fmt: skip

    assert reads == {"lead": True, "group": True, "head": False, "supporting head": False, "leader": False}
    assert "ue diligence" not in tab(cast.head, cast) + tab(cast.leader.user, cast)


def test_somebody_elses_newer_draft_is_not_overwritten(diligence):
    cast = diligence
    send(cast.broker, cast, "write-report", **REPORT, seen=0)
    first = seen(DueDiligenceReport.objects.get())
    send(cast.lead, cast, "write-report", **{**REPORT, "findings": "The lead's"}, seen=first)

    late = send(cast.broker, cast, "write-report", **{**REPORT, "findings": "The broker's"}, seen=first)

    page = late.content.decode()
    assert (late.status_code, "changed this while you wrote" in page, "The broker&#x27;s</textarea>" in page) == (200, True, True)
    assert DueDiligenceReport.objects.get().draft.findings == "The lead's"

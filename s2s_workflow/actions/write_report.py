from datetime import datetime

from django.utils import timezone

from cases.turns import synchronise_turns
from common.actions import By, action
from common.moderation import save_draft
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import DueDiligenceReport, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project


@action
def write_report(
    *,
    project: SupportProject,
    findings: str,
    tried_already: str,
    inspection_risk: str,
    recommendation: str,
    by: By,
    at: datetime,
    seen: int | None = None,
) -> DueDiligenceReport:
    """
    Write the due diligence report as a draft, or write it anew (W2). It may be incomplete until it is sent in.

    Raises `PermissionDenied` unless by alliance staff, `NotNow` outside due diligence, `UnderReview`, and `ChangedMeanwhile`
    when there is a newer draft than `seen`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.DUE_DILIGENCE)
    report = DueDiligenceReport.objects.filter(project=project).first()
    report = report.draft if report else DueDiligenceReport(project=project)
    report.findings, report.tried_already = findings, tried_already
    report.inspection_risk, report.recommendation = inspection_risk, recommendation
    save_draft(report, by=user, seen=seen)
    synchronise_turns(project.case, at=at)
    return report

from datetime import timedelta

from wagtail import hooks

from common.actions import Actor
from common.jobs import DueJob
from common.orphan_files import remove_orphan_files
from common.retention import RetentionRule, delete_what_is_over
from common.retention_rules import RULES
from common.scan_files import scan_unscanned_files

SCANS = "malware scan"


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [
        DueJob("retention", delete_what_is_over, every=timedelta(hours=1)),
        DueJob("files without a row", remove_orphan_files, every=timedelta(days=1)),
        DueJob(SCANS, lambda at: scan_unscanned_files(by=Actor.job(SCANS), at=at), every=timedelta(minutes=10)),
    ]


@hooks.register("s2s_retention")
def retention() -> list[RetentionRule]:
    return RULES

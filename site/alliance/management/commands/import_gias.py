from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliance.gias.files import UnreadableFile
from alliance.gias.importing import Report, import_extract
from common.actions import Actor

SOME_ROWS_REFUSED = 2


class Command(BaseCommand):
    help = (
        "Import schools, or links between schools, from a CSV extract of the national register (GIAS). May be run again at any time: "
        "only what changed is written. Exits with 1 when nothing could be used and with 2 when some rows were refused and the rest went in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The extract, as downloaded.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and write nothing.")
        parser.add_argument("--links", action="store_true", help="The file is the extract of links; usually its columns say so.")

    def handle(self, *args: Any, file: Path, dry_run: bool, links: bool, verbosity: int, **options: Any) -> None:
        def progress(rows: int) -> None:
            if verbosity:
                self.stderr.write(f"{rows:,} rows read")

        try:
            report = import_extract(file, by=Actor.job("import_gias"), at=timezone.now(), dry_run=dry_run, links=links, progress=progress)
        except UnreadableFile as problem:
            raise CommandError(f"{file.name}: {problem}") from problem
        self._say(report, dry_run)
        if report.refused:
            nothing = report.refused == report.read
            raise CommandError(
                "Every row was refused." if nothing else "Some rows were refused.", returncode=1 if nothing else SOME_ROWS_REFUSED
            )

    def _say(self, report: Report, dry_run: bool) -> None:
        for refusal in report.refusals:
            self.stderr.write(refusal)
        if report.refused > len(report.refusals):
            self.stderr.write(f"… and {report.refused - len(report.refusals):,} more")
        what = "Links" if report.of_links else "Schools"
        skipped = f", {report.skipped:,} skipped (no succession, or a school that is not here)" if report.of_links else ""
        self.stdout.write(
            f"{'Dry run, nothing was written. ' if dry_run else ''}{what}: {report.read:,} rows read: "
            f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged{skipped}, {report.refused:,} refused."
        )

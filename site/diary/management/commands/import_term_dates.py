from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliance.gias.files import UnreadableFile
from common.actions import Actor
from diary.term_import import import_term_dates

SOME_ROWS_REFUSED = 2


class Command(BaseCommand):
    help = (
        "Import terms and closures of local authorities from a CSV file. May be run again at any time: only what changed is written. "
        "Exits with 1 when nothing could be used and with 2 when some rows were refused and the rest went in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Columns: LA (code), Kind (term or closure), Name, First day, Last day.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and write nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = import_term_dates(file, by=Actor.job("import_term_dates"), at=timezone.now(), dry_run=dry_run)
        except UnreadableFile as problem:
            raise CommandError(f"{file.name}: {problem}") from problem
        for refusal in report.refusals:
            self.stderr.write(refusal)
        self.stdout.write(
            f"{'Dry run, nothing was written. ' if dry_run else ''}{report.read:,} rows read: {report.new:,} new, "
            f"{report.changed:,} changed, {report.unchanged:,} unchanged, {len(report.refused):,} refused."
        )
        if report.refused:
            nothing = len(report.refused) == report.read
            raise CommandError(
                "Every row was refused." if nothing else "Some rows were refused.", returncode=1 if nothing else SOME_ROWS_REFUSED
            )

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from common.jobs import run_due_jobs


class Command(BaseCommand):
    help = "Run what has come due: mail, reminders, clocks, scheduled publishing. Safe to run at any time, twice, or in parallel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Keep running until stopped.")
        parser.add_argument("--every", type=int, default=5, help="Seconds between two passes of the loop (5).")

    def handle(self, *args: Any, loop: bool, every: int, **options: Any) -> None:
        while True:
            failed = run_due_jobs(at=timezone.now())
            if not loop:
                break
            close_old_connections()
            time.sleep(every)
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

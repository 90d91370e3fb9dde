import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Throw the demo's data and files away and load it afresh. Only in a demo on SQLite."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or connection.vendor != "sqlite":
            raise CommandError("Only a demo on SQLite can be reset.")
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for leftover in (name, f"{name}-wal", f"{name}-shm"):
            Path(leftover).unlink(missing_ok=True)
        for folder in ("media", "private"):
            shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)
        call_command("migrate", verbosity=0)
        call_command("load_demo")

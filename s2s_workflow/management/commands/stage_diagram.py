from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from s2s_workflow.diagram import with_moves

PAGE = Path(settings.BASE_DIR) / "docs" / "support-project.md"


class Command(BaseCommand):
    help = "Write the diagram and the table of a project's moves into docs/support-project.md, from the table of moves itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when the page is not what it should be.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        present = PAGE.read_text(encoding="utf-8")
        wanted = with_moves(present)
        if check and present != wanted:
            raise CommandError(f"{PAGE.name} does not show the table of moves as it is. Run: manage.py stage_diagram")
        if not check:
            PAGE.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"Written: {PAGE.name}")

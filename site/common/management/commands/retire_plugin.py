from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.actions import Actor
from common.plugins import PluginConfig
from common.retire import find_plugin, retire_plugin, rows_kept, what_blocks


class Command(BaseCommand):
    help = (
        "Say what blocks switching a plugin off; with --apply unpublish its pages, cancel its workflows, leave its cases. Deletes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The plugin's name, such as health_checks.")
        parser.add_argument("--apply", action="store_true", help="Do it; without this the command only reports.")

    def handle(self, *args: Any, name: str, apply: bool, **options: Any) -> None:
        try:
            config = find_plugin(name)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        blocked = self._report(config)
        if blocked and not apply:
            raise CommandError(
                f"{name} cannot be switched off yet. --apply unpublishes, unschedules and cancels; open cases stay, without it."
            )
        if blocked:
            retire_plugin(config=config, by=Actor.job("retire_plugin"), at=timezone.now())
            self.stdout.write("Unpublished, unscheduled and cancelled.")
        self.stdout.write(f"{name} can be switched off: take it out of S2S_PLUGINS, then start again.")

    def _report(self, config: PluginConfig) -> bool:
        blocking = what_blocks(config)
        for page in blocking.pages:
            self.stdout.write(f"Live page: {page.title} ({page.url_path})")
        for state in blocking.workflows.select_related("workflow"):
            self.stdout.write(f"Workflow in progress: {state.workflow.name}, on {state.content_object}")
        for revision in blocking.scheduled:
            self.stdout.write(f"To be published: {revision.object_str}, {revision.approved_go_live_at:%Y-%m-%d %H:%M}")
        for records in blocking.live_cases:
            for record in records.select_related("case"):
                self.stdout.write(f"Open case: {record.case}")
        for what, count in rows_kept(config).items():
            self.stdout.write(f"Kept, and unseen while the plugin is off: {count} {what}")
        return bool(blocking)

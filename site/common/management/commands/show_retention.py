from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from common.retention import retention_rules


class Command(BaseCommand):
    help = "Say, per model, how many rows the job “retention” would delete now and how long they are kept. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for rule in retention_rules():
            going, all_rows = rule.due(at).count(), rule.model._default_manager.count()
            self.stdout.write(f"{rule.model._meta.label}: {going} of {all_rows} would go (kept {rule.kept.days} days once over)")

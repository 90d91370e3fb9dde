from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from common.orphan_files import OLDER_THAN, orphan_files
from common.retention import retention_rules


class Command(BaseCommand):
    help = "Say, per model, how many rows the job “retention” would delete or anonymise now and how long they are kept. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for rule in retention_rules():
            going, all_rows = rule.due(at).count(), rule.model._default_manager.count()
            what = "would be anonymised" if rule.anonymises else "would go"
            self.stdout.write(f"{rule.model._meta.label}: {going} of {all_rows} {what} (kept {rule.kept.days} days once over)")
        orphans = sum(1 for _name in orphan_files(at))
        self.stdout.write(f"Private files without a row: {orphans} would go (kept {OLDER_THAN.days} days)")

"""A promise to those who say what they are at a school: by when the alliance checks it."""

from django.db import migrations
from django.utils import timezone

KEY, PROMISE, DAYS = "CHECK_ROLE", "We check what somebody says they are at a school", 2


def add_promise(apps, schema_editor):
    clock, history = apps.get_model("cases", "PromiseClock"), apps.get_model("cases", "HistoricalPromiseClock")
    row, created = clock.objects.get_or_create(key=KEY, defaults={"promise": PROMISE, "working_days": DAYS})
    if created:
        history.objects.create(
            id=row.pk,
            key=KEY,
            promise=PROMISE,
            working_days=DAYS,
            history_date=timezone.now(),
            history_type="+",
            history_actor="installation",
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_promises")]

    # Back, the row stays: it may have been edited. The table goes with 0001.
    operations = [migrations.RunPython(add_promise, migrations.RunPython.noop)]

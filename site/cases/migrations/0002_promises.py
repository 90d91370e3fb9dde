"""The promises an alliance starts with; their working days may be edited afterwards."""

from django.db import migrations
from django.utils import timezone

PROMISES = [
    ("FIRST_ANSWER", "We answer a new request", 2),
    ("ANSWER_QUESTION", "The requester answers our question", 5),
]


def add_promises(apps, schema_editor):
    clock, history = apps.get_model("cases", "PromiseClock"), apps.get_model("cases", "HistoricalPromiseClock")
    for key, promise, days in PROMISES:
        row, created = clock.objects.get_or_create(key=key, defaults={"promise": promise, "working_days": days})
        if created:
            history.objects.create(
                id=row.pk, key=key, promise=promise, working_days=days, history_date=timezone.now(), history_type="+", history_actor="installation"
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    # Back, the rows stay: they may have been edited. The table goes with 0001.
    operations = [migrations.RunPython(add_promises, migrations.RunPython.noop)]

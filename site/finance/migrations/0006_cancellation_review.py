"""Who reviews cancellation policies: finance or an S2S lead, as with rates, never whoever wrote it."""

from django.db import migrations

from common.review_workflows import add_review_workflow


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0005_cancellation_policies"),
        ("common", "0002_review_task"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(
            add_review_workflow(app="finance", model="cancellationpolicy", name="Cancellation policies", groups=("Finance", "S2S lead")),
            migrations.RunPython.noop,
        )
    ]

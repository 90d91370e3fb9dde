"""Who reviews rates: finance or an S2S lead, never whoever wrote the rate."""

from django.db import migrations

from common.review_workflows import add_review_workflow


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0001_initial"),
        ("common", "0002_review_task"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(
            add_review_workflow(app="finance", model="ratecard", name="Rates", groups=("Finance", "S2S lead")), migrations.RunPython.noop
        )
    ]

"""Who reviews membership discounts: finance or an S2S lead, as with rates, never whoever wrote it."""

from django.db import migrations

from common.review_workflows import add_review_workflow


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0003_membership_discounts"),
        ("common", "0002_review_task"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(
            add_review_workflow(app="finance", model="membershipdiscountrate", name="Membership discounts", groups=("Finance", "S2S lead")),
            migrations.RunPython.noop,
        )
    ]

"""Who reviews shared steps of protocols: the reviewers or an S2S lead, as with pages."""

from django.db import migrations

from common.review_workflows import add_review_workflow


class Migration(migrations.Migration):
    dependencies = [("s2s_forms", "0003_shared_steps"), ("common", "0002_review_task"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunPython(
            add_review_workflow(app="s2s_forms", model="processstep", name="Shared steps", groups=("Reviewer", "S2S lead")),
            migrations.RunPython.noop,
        )
    ]

"""Who reviews the documents of a project: one workflow for each kind."""

from django.db import migrations

from common.review_workflows import add_review_workflow

WORKFLOWS = (
    ("duediligencereport", "Due diligence report", ("Working group", "S2S lead")),
    ("actionplan", "Action plan", ("Working group", "S2S lead")),
    ("evaluation", "Evaluation", ("Reviewer",)),
)


class Migration(migrations.Migration):
    dependencies = [
        ("s2s_workflow", "0001_initial"),
        ("common", "0002_review_task"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(add_review_workflow(app="s2s_workflow", model=model, name=name, groups=groups), migrations.RunPython.noop)
        for model, name, groups in WORKFLOWS
    ]

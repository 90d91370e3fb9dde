"""Pages are moderated by the alliance's own roles: Wagtail's stock workflow goes to them, its stock groups go."""

from django.db import migrations

STOCK_GROUPS = ("Moderators", "Editors")


def hand_over_moderation(apps, schema_editor):
    """Wagtail ships a task for its group Moderators. An alliance that has people in the stock groups keeps them."""
    Group = apps.get_model("auth", "Group")
    moderators = [Group.objects.get_or_create(name=name)[0] for name in ("Reviewer", "S2S lead")]
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name="Moderators", groups__user=None):
        task.groups.set(moderators)
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()


class Migration(migrations.Migration):
    dependencies = [("alliance", "0003_starting_lists")]

    operations = [migrations.RunPython(hand_over_moderation, migrations.RunPython.noop)]

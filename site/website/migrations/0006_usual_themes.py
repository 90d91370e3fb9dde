"""Seven themes that a conversation before support usually covers; the alliance rewords, adds and unpublishes them as it likes."""

from django.db import migrations
from django.utils import timezone

THEMES = [
    (
        "purpose",
        "Purpose",
        "What the support is for, and who knows it.",
        "Can you say in two sentences what should be different for your pupils, and would your staff and governors say the same?",
        "Can you say in two sentences what the school wants to be different for its pupils, without having read it out?",
    ),
    (
        "trust",
        "Trust",
        "How openly both sides can speak.",
        "Are you ready to show a colleague from another school what is not going well, as well as what is?",
        "Have you agreed with the school what stays between you, and what you would have to pass on?",
    ),
    (
        "capacity",
        "Capacity",
        "Who carries the work between visits.",
        "Is there somebody on your staff who will carry the work on between the visits, and have you taken something else off them?",
        "Is your own school secure enough, and your week clear enough, for you to be away on the days you promise?",
    ),
    (
        "evidence",
        "Data and evidence",
        "What both sides look at to know where they stand.",
        "Can you show where you are now, with figures or pupils’ work that you trust, and will you share them?",
        "Do you know what you want to look at first, and how you will tell that something has changed?",
    ),
    (
        "people",
        "Staff and governors",
        "How those who are affected are brought along.",
        "Do your staff and governors know that support is coming, why, and what it will ask of them?",
        "Do you know who at the school welcomes the support, who is worried by it, and how you will meet both?",
    ),
    (
        "time",
        "Time and release",
        "The days, the cover and the room to work.",
        "Are the days in the diary, with cover found and paid for, so that your staff are free when the leader comes?",
        "Has your own head released you for these days, with time to prepare and to write up as well?",
    ),
    (
        "lasting",
        "Sustaining the gains",
        "What stays when the support ends.",
        "Have you thought about what your school will do itself, and who will do it, once the support has ended?",
        "Do you have a plan to do less as the school does more, and for how you will leave?",
    ),
]


def add_themes(apps, schema_editor):
    """Add those that are not there, each with its history row; with no language yet there is nothing to add them to."""
    theme = apps.get_model("website", "ReadinessTheme")
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
    if locale is None:
        return
    for number, (key, title, introduction, school_question, leader_question) in enumerate(THEMES, start=1):
        values = {
            "title": title,
            "introduction": introduction,
            "school_question": school_question,
            "leader_question": leader_question,
            "order": number * 10,
            "live": True,
        }
        row, created = theme.objects.get_or_create(key=key, locale=locale, defaults=values)
        if created:
            history = {"history_date": timezone.now(), "history_type": "+", "history_actor": "installation"}
            apps.get_model("website", "HistoricalReadinessTheme").objects.create(
                id=row.pk, key=key, locale=locale, translation_key=row.translation_key, **values, **history
            )


class Migration(migrations.Migration):
    dependencies = [("website", "0005_readiness"), ("wagtailcore", "0098_apitoken")]

    # Back, the rows stay until 0005 takes their table.
    operations = [migrations.RunPython(add_themes, migrations.RunPython.noop)]

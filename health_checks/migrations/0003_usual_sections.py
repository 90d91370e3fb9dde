"""Sections that many schools' self-evaluation forms have; the alliance renames, adds and retires them as it likes."""

from django.db import migrations

SECTIONS = [
    ("quality-of-education", "Quality of education", "What pupils learn, how they are taught, and what they achieve."),
    ("behaviour-and-attitudes", "Behaviour and attitudes", "How pupils behave, attend and work."),
    ("personal-development", "Personal development", "What the school does for pupils beyond the curriculum."),
    ("leadership-and-management", "Leadership and management", "How the school is led and governed."),
    ("early-years", "Early years", "Where the school has children under five."),
    ("sixth-form", "Sixth form", "Where the school has one."),
]


def add_sections(apps, schema_editor):
    """Add those that are not there; with no language yet (an empty install of the CMS) there is nothing to add them to."""
    section = apps.get_model("health_checks", "SefSection")
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
    if locale is None:
        return
    for order, (key, title, prompt) in enumerate(SECTIONS, start=1):
        section.objects.get_or_create(key=key, locale=locale, defaults={"title": title, "prompt": prompt, "order": order * 10})


class Migration(migrations.Migration):
    dependencies = [("health_checks", "0002_bookings"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(add_sections, migrations.RunPython.noop)]

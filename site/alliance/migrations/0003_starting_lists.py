"""The lists an alliance starts with; all of them may be edited afterwards."""

from datetime import date

from django.db import migrations
from django.utils import timezone

BANK_HOLIDAYS = {
    "New Year’s Day": ["2025-01-01", "2026-01-01", "2027-01-01"],
    "New Year’s Day (substitute)": ["2028-01-03"],
    "Good Friday": ["2025-04-18", "2026-04-03", "2027-03-26", "2028-04-14"],
    "Easter Monday": ["2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17"],
    "Early May bank holiday": ["2025-05-05", "2026-05-04", "2027-05-03", "2028-05-01"],
    "Spring bank holiday": ["2025-05-26", "2026-05-25", "2027-05-31", "2028-05-29"],
    "Summer bank holiday": ["2025-08-25", "2026-08-31", "2027-08-30", "2028-08-28"],
    "Christmas Day": ["2025-12-25", "2026-12-25", "2028-12-25"],
    "Christmas Day (substitute)": ["2027-12-27"],
    "Boxing Day": ["2025-12-26", "2028-12-26"],
    "Boxing Day (substitute)": ["2026-12-28", "2027-12-28"],
}
ORGANISATION_KINDS = [
    ("school", "School", True),
    ("local-authority", "Local authority", False),
    ("diocese", "Diocese", False),
    ("trust", "Multi-academy trust", False),
    ("dfe", "Department for Education", False),
    ("national-college", "National College", False),
    ("teaching-school", "Another teaching school", False),
    ("other", "Other", False),
]
ALL_POWERS = ["SIGN", "RELEASE", "APPROVE_TIME", "BOOK"]
SCHOOL_ROLE_KINDS = [
    ("head", "Headteacher", ALL_POWERS, True),
    ("executive-head", "Executive headteacher", ALL_POWERS, True),
    ("acting-head", "Acting headteacher", ALL_POWERS, True),
    ("deputy-for-head", "Deputy, acting for the head", ALL_POWERS, True),
    ("nominated-lead", "Nominated lead", ["BOOK"], False),
    ("chair-of-governors", "Chair of governors", ["SIGN"], False),
    ("business-manager", "Business manager", ["BOOK"], False),
]
TIERS = [("member", "Member")]


def starting_rows():
    for name, days in BANK_HOLIDAYS.items():
        for day in days:
            yield "BankHoliday", {"date": date.fromisoformat(day)}, {"name": name}
    for order, (key, name, is_school) in enumerate(ORGANISATION_KINDS):
        yield "OrganisationKind", {"key": key}, {"name": name, "is_school": is_school, "order": order}
    for order, (key, name, powers, acts_for_head) in enumerate(SCHOOL_ROLE_KINDS):
        yield "SchoolRoleKind", {"key": key}, {"name": name, "powers": powers, "acts_for_head": acts_for_head, "order": order}
    for order, (key, name) in enumerate(TIERS):
        yield "MembershipTier", {"key": key}, {"name": name, "order": order}


def add_starting_rows(apps, schema_editor):
    """Add what is not there, each with its history row: a migration's models do not write it themselves."""
    for model, key, values in starting_rows():
        row, created = apps.get_model("alliance", model).objects.get_or_create(**key, defaults=values)
        if created:
            history = {"history_date": timezone.now(), "history_type": "+", "history_actor": "installation"}
            apps.get_model("alliance", f"Historical{model}").objects.create(id=row.pk, **key, **values, **history)


class Migration(migrations.Migration):
    dependencies = [("alliance", "0002_alliance")]

    # Back, the rows stay: what was built on them since may not be pulled away. The tables go with 0001.
    operations = [migrations.RunPython(add_starting_rows, migrations.RunPython.noop)]

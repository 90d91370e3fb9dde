from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The school of a day is that of its case; of a draft the one it names, or of the case it became. A draft without either says nothing."""
    Series, School = apps.get_model('health_checks', 'Series'), apps.get_model('alliance', 'School')
    of_series = Series.objects.filter(pk=OuterRef('series_id')).values('case__supported_school')[:1]
    for name in ('Day', 'HistoricalDay'):
        model = apps.get_model('health_checks', name)
        model.objects.filter(school=None).update(school_id=Subquery(of_series))
    for draft in apps.get_model('health_checks', 'BookingDraft').objects.filter(school=None).select_related('case'):
        urn = draft.answers.pop('school', {}).get('urn')
        found = School.objects.filter(pk=urn).first() or (draft.case and draft.case.supported_school)
        if found is None:
            draft.delete()
            continue
        draft.school = found
        draft.save()


def empty(apps, schema_editor):
    """What was filled goes with its columns; a draft names its school in its answers again."""
    for draft in apps.get_model('health_checks', 'BookingDraft').objects.filter(case=None):
        draft.answers['school'] = {'urn': draft.school_id}
        draft.save()


class Migration(migrations.Migration):

    dependencies = [
        ('health_checks', '0006_schools_of_drafts_and_days'),
    ]

    operations = [
        migrations.RunPython(fill, empty),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('health_checks', '0007_fill_schools_of_drafts_and_days'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bookingdraft',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alliance.school'),
        ),
        migrations.AlterField(
            model_name='day',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alliance.school', verbose_name='school'),
        ),
        migrations.AddConstraint(
            model_name='bookingdraft',
            constraint=models.UniqueConstraint(condition=models.Q(('case', None)), fields=('user', 'school'), name='one_open_booking_draft_per_person_and_school'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('PROPOSED', 'CANCELLED', 'RESCHEDULED', 'SKIPPED')), _negated=True), fields=('school', 'date'), name='one_health_check_day_per_school_and_date'),
        ),
    ]

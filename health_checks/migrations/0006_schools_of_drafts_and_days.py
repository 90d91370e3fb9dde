import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def school(**more):
    return models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alliance.school', **more)


class Migration(migrations.Migration):

    dependencies = [
        ('alliance', '0004_page_moderation'),
        ('health_checks', '0005_days_never_get_stuck'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='bookingdraft',
            name='one_open_booking_draft_per_person',
        ),
        migrations.AddField(model_name='bookingdraft', name='school', field=school()),
        migrations.AddField(model_name='day', name='school', field=school(verbose_name='school')),
        migrations.AddField(
            model_name='historicalday',
            name='school',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='alliance.school', verbose_name='school'),
        ),
        *(
            operation
            for model, on_delete, more in (
                ('historicalseries', django.db.models.deletion.DO_NOTHING, {'db_constraint': False}),
                ('series', django.db.models.deletion.PROTECT, {}),
            )
            for operation in (
                migrations.AddField(
                    model_name=model,
                    name='supports_answered_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='answered about more support'),
                ),
                migrations.AddField(
                    model_name=model,
                    name='supports_answered_by',
                    field=models.ForeignKey(blank=True, null=True, on_delete=on_delete, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered about more support by', **more),
                ),
            )
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('supports_answered_at', None), ('supports_answered_by', None)), models.Q(('supports_answered_at__isnull', False), ('supports_answered_by__isnull', False)), _connector='OR'), name='series_supports_answered_at_and_by'),
        ),
    ]

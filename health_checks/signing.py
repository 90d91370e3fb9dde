"""How long the school has to sign a record, and when it is reminded."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from alliance.working_days import add_working_days, last_day_with_notice
from health_checks.models import HealthCheckSettings, Record, Series


def handed_over_on(record: Record) -> date:
    """The day on which the leader signed. Raises `ValueError` before that."""
    if record.signed_at is None:
        raise ValueError("The record is not signed by its leader.")
    return timezone.localdate(record.signed_at)


def may_sign_until(record: Record) -> date:
    """The last day of the school's time to sign."""
    return add_working_days(handed_over_on(record), HealthCheckSettings.current().signing_lasts)


def time_to_sign_is_over(series: Series, record: Record, *, on: date) -> bool:
    """Whether so many working days as the settings give went by. The settings are read once for each booking in hand."""
    kept: dict[date, date] = series.__dict__.setdefault("_handed_over_by", {})
    if on not in kept:
        kept[on] = last_day_with_notice(on, HealthCheckSettings.current().signing_lasts)
    return handed_over_on(record) <= kept[on]

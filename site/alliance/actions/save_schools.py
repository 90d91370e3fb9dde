from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alliance.gias.comparison import Differences
from alliance.models import School
from common.actions import Actor, By, action, current_actor_name

ROWS_PER_UPDATE = 100


@action
def save_schools(*, differences: Differences, fields: Sequence[str], by: By, at: datetime, reason: str) -> None:
    """
    Add and change schools as the register says, with a history row for each; nothing is deleted.

    What did not change is not in `differences` and is not written. Works on hundreds of schools at a time.
    """
    history = {
        "default_user": Actor.of(by).user,
        "default_change_reason": reason,
        "default_date": at,
        "custom_historical_attrs": {"history_actor": current_actor_name()},
    }
    bulk_create_with_history(
        [School(urn=row.urn, **dict(zip(fields, row.values, strict=True))) for row in differences.new], School, **history
    )
    schools = School.objects.select_for_update().in_bulk([row.urn for row in differences.changed])
    for row in differences.changed:
        for field, value in zip(fields, row.values, strict=True):
            setattr(schools[row.urn], field, value)
    touched = sorted(set(chain.from_iterable(differences.changed_fields)))
    if touched:
        bulk_update_with_history(list(schools.values()), School, touched, batch_size=ROWS_PER_UPDATE, **history)

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alliance.models import SchoolLink
from common.actions import Actor, By, action, current_actor_name

Dates = Mapping[tuple[str, str], date | None]
"""(URN of the predecessor, URN of the successor) → since when."""


@action
def save_school_links(*, new: Dates, moved: Dates, by: By, at: datetime, reason: str) -> None:
    """Add successions, and correct the dates of those we have, with a history row for each. All schools named are there."""
    history = {
        "default_user": Actor.of(by).user,
        "default_change_reason": reason,
        "default_date": at,
        "custom_historical_attrs": {"history_actor": current_actor_name()},
    }
    links = [SchoolLink(predecessor_id=before, successor_id=after, linked_on=since) for (before, after), since in new.items()]
    bulk_create_with_history(links, SchoolLink, **history)
    known = SchoolLink.objects.select_for_update().filter(predecessor__in={before for before, _after in moved})
    changed = [link for link in known if (link.predecessor_id, link.successor_id) in moved]
    for link in changed:
        link.linked_on = moved[link.predecessor_id, link.successor_id]
    bulk_update_with_history(changed, SchoolLink, ["linked_on"], **history)

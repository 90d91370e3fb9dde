from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied

from alliance.models import SystemLeader
from common.actions import Actor, By, action


@action
def choose_listing(*, leader: SystemLeader, consents: bool, summary: str, by: By, at: datetime) -> SystemLeader:
    """
    Agree to be shown in the public directory, or take that back, and say what the public reads (P8).

    Taken back it counts at once. Raises `PermissionDenied` for anybody but the leader, and `ValidationError`.
    """
    leader = SystemLeader.objects.select_for_update(of=("self",)).get(pk=leader.pk)
    if Actor.of(by).user != leader.user:
        raise PermissionDenied
    leader.summary = summary.strip()
    leader.consents_to_listing_at = (leader.consents_to_listing_at or at) if consents else None
    leader.full_clean(exclude=["user", "supporting_school"])
    leader.save()
    return leader

"""Who writes the note of a visit: its leader, or somebody in their place (D1)."""

from __future__ import annotations

from datetime import date

from alliance.models import User
from s2s_workflow.enums import ON_THE_TEAM, Party
from s2s_workflow.models import SupportProject, Visit
from s2s_workflow.permissions import belongs_to


def leader_writes(visit: Visit) -> bool:
    """Whether the note waits for the leader of the visit: on the team still, with an account in use."""
    return visit.deployment.leader.user.is_active and visit.deployment.state in ON_THE_TEAM


def may_write_note(user: User, project: SupportProject, visit: Visit, on: date) -> bool:
    """The leader of the visit; of one who left the team or whose account is off, the named lead and alliance staff too."""
    if user.pk == visit.deployment.leader.user_id:
        return user.is_active
    return not leader_writes(visit) and belongs_to(user, Party.NAMED_LEAD_OR_STAFF, project, on)

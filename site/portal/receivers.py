"""What the portal does when something happens below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alliance.models import SchoolRole
from outbox.actions.write_message import write_message


def tell_claimant(sender: Any, role: SchoolRole, at: datetime, **kwargs: Any) -> None:
    """Tell the holder of a claimed role how it was decided; one who was declined may ask why."""
    write_message(kind="claim_verified" if role.is_verified else "claim_declined", about=role, to=role.user, at=at)

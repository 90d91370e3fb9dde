from datetime import datetime

from alliance.queries import told_of_requests
from cases.models import Case
from outbox.actions.write_message import write_message


def tell_staff(case: Case, kind: str, *, at: datetime) -> None:
    """Write a message to the case's owner, or to every S2S lead while nobody owns it whose account works. Part of an action."""
    for person in [case.owner] if case.owner and case.owner.is_active else told_of_requests():
        write_message(kind=kind, about=case, at=at, to=person)

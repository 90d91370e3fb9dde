from __future__ import annotations

from datetime import datetime

from alliance.queries import told_of_requests
from cases.events import N_, record_event
from cases.models import Case
from cases.models.cases import save_with_reference
from cases.turns import synchronise_turns
from common.actions import By, action
from outbox.actions.write_message import write_message


@action
def open_case(*, case: Case, prefix: str, by: By, at: datetime) -> Case:
    """
    Open a new case under a fresh reference, and tell the requester and every S2S lead (R3).

    `case` is an unsaved Case; `prefix` starts its reference. Raises `ValidationError` when it is incomplete.
    """
    case.opened_at = at
    case.full_clean(exclude=["reference"])
    save_with_reference(case, prefix=prefix)
    record_event(case, N_("The request came in."), by=by, at=at, public=True)
    write_message(
        kind="request_received", about=case, at=at, email=case.contact_email, name=case.contact_name, language=case.contact_language
    )
    for lead in told_of_requests():
        write_message(kind="case_arrived", about=case, at=at, to=lead)
    synchronise_turns(case, at=at)
    return case

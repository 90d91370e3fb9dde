from datetime import datetime

from alliance.models import User
from cases.enums import PublicStatus
from cases.events import N_, record_event
from cases.models import Case
from cases.permissions import check_user_can_handle_cases, check_user_works_on_case
from cases.policies import check_case_is_open, lock_case
from cases.signals import owner_chosen
from cases.turns import synchronise_turns
from common.actions import By, action
from outbox.actions.write_message import write_message


@action
def assign_owner(*, case: Case, owner: User, by: By, at: datetime) -> Case:
    """
    Make somebody of the alliance's staff the owner of a case; the requester sees the name.

    Raises `PermissionDenied` unless both may handle cases and the one who assigns has no tie to this one's school (W3),
    `CaseIsClosed`, and a plugin's `Refusal`. Assigning the present owner changes nothing.
    """
    user = check_user_works_on_case(by, case)
    check_user_can_handle_cases(owner)
    case = lock_case(case)
    check_case_is_open(case)
    if case.owner == owner:
        return case
    owner_chosen.send(sender=Case, case=case, owner=owner, at=at)
    case.owner = owner
    if case.public_status == PublicStatus.RECEIVED:
        case.public_status = PublicStatus.LOOKING
    case.save()
    record_event(case, N_("%(owner)s is looking after this."), by=by, at=at, public=True, owner=owner.get_full_name() or str(owner))
    if owner != user:
        write_message(kind="case_assigned", about=case, at=at, to=owner)
    synchronise_turns(case, at=at)
    return case

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Designation
from alliance.models import LeaderDesignation, School, SystemLeader
from common.actions import By, Refusal, action
from portal.invitation import person_to_invite, send_invitation
from portal.permissions import check_user_is_staff


class IsLeaderAlready(Refusal):
    """The person is on the list of system leaders."""


@action
def invite_leader(
    *, supporting_school: School, designation: Designation | None, email: str, first_name: str, last_name: str, by: By, at: datetime
) -> SystemLeader:
    """
    Put somebody on the list of system leaders and invite them to open an account. A leader may hold no designation.

    Raises `PermissionDenied` unless alliance staff ask, `IsLeaderAlready`, `PersonIsSwitchedOff`, `InvitesThemselves`
    and `ValidationError`.
    """
    inviter = check_user_is_staff(by)
    person = person_to_invite(email=email, first_name=first_name, last_name=last_name, by=inviter)
    if SystemLeader.objects.filter(user=person).exists():
        raise IsLeaderAlready(_("%(person)s is a system leader already.") % {"person": person})
    leader = SystemLeader.objects.create(user=person, supporting_school=supporting_school)
    if designation:
        LeaderDesignation.objects.create(leader=leader, designation=designation, starts_on=timezone.localdate(at))
    send_invitation(leader, by=inviter, at=at)
    return leader

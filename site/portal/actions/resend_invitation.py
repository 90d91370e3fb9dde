from __future__ import annotations

from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from common.actions import By, action
from portal.invitation import check_invitation_is_open, send_invitation
from portal.permissions import check_user_can_manage_invitation


@action
def resend_invitation(*, subject: Model, by: By, at: datetime) -> None:
    """
    Send an invitation again, with a fresh link; the earlier ones stop working when it leaves.

    Raises `PermissionDenied`, `AccountIsOpen` and `InvitationIsOver`.
    """
    inviter = check_user_can_manage_invitation(by, subject, on=timezone.localdate(at))
    check_invitation_is_open(subject, at=at)
    send_invitation(subject, by=inviter, at=at)

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import DeclaredInterest, School, SystemLeader
from common.actions import Actor, By, Refusal, action


class InterestIsDeclared(Refusal):
    """The leader has said so of the school before."""


@action
def declare_interest(*, leader: SystemLeader, school: School, reason: str, by: By, at: datetime) -> DeclaredInterest:
    """
    Say that a leader has a tie to a school, or another reason not to support it: nobody proposes them to it (H2, W5).

    Only the alliance takes that back, in the admin. Raises `PermissionDenied` unless by the leader, `InterestIsDeclared`, and
    `ValidationError` without a reason.
    """
    if Actor.of(by).user != leader.user:
        raise PermissionDenied
    interest = DeclaredInterest(leader=leader, school=school, reason=reason.strip(), declared_on=timezone.localdate(at))
    interest.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            interest.save()
    except IntegrityError as before:
        if not DeclaredInterest.objects.filter(leader=leader, school=school).exists():
            raise
        raise InterestIsDeclared(_("You have told us so about this school already.")) from before
    return interest

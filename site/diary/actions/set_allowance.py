from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alliance.models import SystemLeader
from common.actions import By, action
from diary.models import LeaderYear
from diary.permissions import check_user_can_set_allowances
from diary.policies import AllowanceIsTaken, locked_years


@action
def set_allowance(*, leader: SystemLeader, academic_year: int, allowance: int, by: By, at: datetime, reason: str) -> LeaderYear:
    """
    Say how many half days a leader gives in the academic year that starts in `academic_year`.

    Raises `PermissionDenied`, `ValidationError` without a reason, and `AllowanceIsTaken` when more are taken already.
    """
    check_user_can_set_allowances(by)
    if not reason.strip():
        raise ValidationError({"reason": _("Give a reason.")})
    year = locked_years(leader.pk, [academic_year])[academic_year]
    year.allowance = allowance
    try:
        with transaction.atomic():
            year.save()
    except IntegrityError as below:
        if year.taken <= allowance:
            raise
        raise AllowanceIsTaken(
            _("%(taken)d half days are taken already, so the allowance cannot be less.") % {"taken": year.taken}
        ) from below
    return year

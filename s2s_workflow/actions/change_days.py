from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import ON_THE_TEAM, Party
from s2s_workflow.models import Deployment
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotNow, check_amendment_is_drafted, lock_project
from s2s_workflow.terms import used_by


@action
def change_days(*, deployment: Deployment, half_days: int, ends_on: date, by: By, at: datetime) -> Deployment:
    """
    Write into the amendment how many half days a leader of the team gives at most, and until when (D4). In force once all signed.

    Not less than is planned or was given. Raises `PermissionDenied` unless by alliance staff, `NotNow`, and `ValidationError`.
    """
    project = lock_project(deployment.project)
    check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_amendment_is_drafted(project)
    deployment = Deployment.objects.select_for_update(of=("self",)).select_related("leader__user").get(pk=deployment.pk)
    if deployment.state not in ON_THE_TEAM or deployment.joins_later:
        raise NotNow(_("%(leader)s is not on the team.") % {"leader": deployment.leader})
    _check_covers_the_visits(deployment, half_days, ends_on)
    deployment.next_half_days = half_days if half_days != deployment.half_days else None
    deployment.next_ends_on = ends_on if ends_on != deployment.ends_on else None
    deployment.full_clean()
    deployment.save()
    record_event(
        project.case, N_("Other days of %(leader)s stand in the amendment."), by=by, at=at, public=True, leader=str(deployment.leader)
    )
    synchronise_turns(project.case, at=at)
    return deployment


def _check_covers_the_visits(deployment: Deployment, half_days: int, ends_on: date) -> None:
    used, last = used_by(deployment)
    errors: dict[str, Any] = {}
    if half_days < max(used, 1):
        errors["half_days"] = _("%(used)d half days are planned or were given. Cancel visits first, or give at least as many.") % {
            "used": used
        }
    if ends_on < deployment.starts_on or (last and ends_on < last):
        errors["ends_on"] = _("A visit is later than this, or the first day is. Choose a later day.")
    if errors:
        raise ValidationError(errors)

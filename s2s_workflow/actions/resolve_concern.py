from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.enums import Party
from s2s_workflow.models import Concern
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project


class ConcernIsResolved(Refusal):
    """Somebody resolved it first."""


@action
def resolve_concern(*, concern: Concern, resolution: str, by: By, at: datetime) -> Concern:
    """
    Record how a concern was resolved (D5). Raises `PermissionDenied` unless by alliance staff, `ConcernIsResolved`, `ValidationError`.
    """
    project = lock_project(concern.project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if concern.resolved_at:
        raise ConcernIsResolved(_("This concern was resolved already."))
    if not resolution.strip():
        raise ValidationError({"resolution": _("Say how it was resolved.")})
    concern.resolution, concern.resolved_at, concern.resolved_by = resolution, at, user
    concern.full_clean()
    concern.save()
    record_event(project.case, N_("A concern was resolved."), by=by, at=at, public=True)
    synchronise_turns(project.case, at=at)
    return concern

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project


@action
def confirm_needs(*, project: SupportProject, needs: str, by: By, at: datetime) -> SupportProject:
    """
    Record the needs as confirmed with the school (W4). Raises `PermissionDenied`, `NotNow`, and `ValidationError` without needs.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.BROKERING)
    if not needs.strip():
        raise ValidationError({"needs": _("Say what the school needs.")})
    project.needs, project.needs_confirmed_at, project.needs_confirmed_by = needs, at, user
    project.full_clean(exclude=["case"])
    project.save()
    record_event(project.case, N_("The school’s needs were confirmed."), by=by, at=at, public=True)
    synchronise_turns(project.case, at=at)
    return project

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.release_case import release_case
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import Party
from s2s_workflow.models import ConflictDeclaration, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project
from s2s_workflow.telling import tell_of_a_refused_fast_track


@action
def take_no_part(*, project: SupportProject, details: str, by: By, at: datetime) -> ConflictDeclaration:
    """
    Say, as a member of the working group, that one has a conflict of interest: the views one gave count no more (W3).

    They stay on record. The S2S leads are told when a fast track is refused without them (W9). An owner who says so gives the case back.
    Raises `PermissionDenied` unless by a member who has not said so before, and `ValidationError` without saying what it is.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.WORKING_GROUP, project, timezone.localdate(at))
    if not details.strip():
        raise ValidationError({"details": _("Say what the conflict of interest is.")})
    declaration = ConflictDeclaration(case=project.case, declared_by=user, declared_at=at, has_conflict=True, details=details)
    declaration.full_clean(exclude=["details"])  # a view that says so may be longer than a declaration’s own form takes
    declaration.save()
    record_event(project.case, N_("A member of the working group declared a conflict of interest and takes no part."), by=by, at=at)
    tell_of_a_refused_fast_track(lock_project(project), at=at)  # read anew: a project keeps who is barred
    if project.case.owner == user:
        release_case(case=project.case, by=by, at=at)
    synchronise_turns(project.case, at=at)
    return declaration

from datetime import datetime

from django.utils import timezone

from alliance.enums import Power
from alliance.queries import people_with_role
from alliance.roles import Role
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.enums import DELIVERING, Party, Stage
from s2s_workflow.models import Concern, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_stage_is, lock_project
from s2s_workflow.telling import people_with_power, staff_of, tell


@action
def raise_concern(*, project: SupportProject, text: str, by: By, at: datetime) -> Concern:
    """
    Raise a concern: the alliance and the supported head are told together (D5). It blocks closing, not delivery.

    Raises `PermissionDenied` unless by the named lead or alliance staff, `NotNow`, and `ValidationError`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD_OR_STAFF, project, timezone.localdate(at))
    check_stage_is(project, *DELIVERING, Stage.FINAL_REVIEW_DUE)
    concern = Concern(project=project, text=text, raised_at=at, raised_by=user)
    concern.full_clean()
    concern.save()
    record_event(project.case, N_("A concern was raised."), by=by, at=at, public=True)
    heads = people_with_power(project.case.supported_school, Power.SIGN, timezone.localdate(at))
    people = [*staff_of(project), *people_with_role(Role.S2S_LEAD), *heads]
    tell(project, people, N_("A concern about a support project was raised. Please read it today."), at=at)
    synchronise_turns(project.case, at=at)
    return concern

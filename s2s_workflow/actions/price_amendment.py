from datetime import datetime

from django.utils import timezone

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from finance.models import Quote
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject
from s2s_workflow.money import quote_team
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_amendment_is_drafted, lock_project


@action
def price_amendment(*, project: SupportProject, by: By, at: datetime) -> Quote:
    """
    Price the team as the amendment will have it, as the next version of the quote: in force once all have signed (W4, D4).

    What those gave who left stays in it. Raises `PermissionDenied` unless by alliance staff, `NotNow`, and finance's refusals.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_amendment_is_drafted(project)
    quote = quote_team(project, by=user, at=at)
    record_event(project.case, N_("The costs of the amendment were worked out."), by=by, at=at, public=True)
    synchronise_turns(project.case, at=at)
    return quote

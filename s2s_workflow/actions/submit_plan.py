from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.moderation import submit_document
from s2s_workflow.actions.write_plan import check_plan_may_be_written
from s2s_workflow.enums import Party
from s2s_workflow.guards import plan_is_complete
from s2s_workflow.models import SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, lock_project
from s2s_workflow.terms import plan_is_changed


@action
def submit_plan(*, project: SupportProject, by: By, at: datetime) -> None:
    """
    Send the action plan to those who agree it (W7): the working group, or an S2S lead where the protocol has none.

    Raises `PermissionDenied` unless by the named lead or alliance staff, `NotNow`, `NotReady`, and `UnderReview`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.NAMED_LEAD_OR_STAFF, project, timezone.localdate(at))
    check_plan_may_be_written(project)
    if project.amending_at and not plan_is_changed(project):
        raise NotReady(_("The action plan is as it was signed: change it first."))
    if missing := plan_is_complete(project):
        raise NotReady(missing)
    submit_document(document=project.plan, by=user, at=at)
    record_event(project.case, N_("The action plan was sent in to be agreed."), by=by, at=at, public=True)
    synchronise_turns(project.case, at=at)

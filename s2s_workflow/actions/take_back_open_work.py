from datetime import datetime

from common.actions import By
from s2s_workflow.actions.cancel_visit import drop_visit
from s2s_workflow.enums import BEFORE_ACTIVE, ON_THE_TEAM, DeploymentState, VisitState
from s2s_workflow.models import SupportProject, Visit


def take_back_open_work(project: SupportProject, *, by: By, at: datetime, reason: str) -> None:
    """
    What every ending shares: planned visits are cancelled, reviews end, a team that has not started is free.

    Part of an action that ends the case. Nothing of it is left on a case that is completed.
    """
    for visit in Visit.objects.filter(deployment__project=project, state=VisitState.PLANNED):
        drop_visit(visit, by=by, at=at, reason=reason)
    for name in ("due_diligence", "plan", "evaluation"):
        state = getattr(getattr(project, name, None), "current_workflow_state", None)
        if state is not None:
            state.cancel()
    if project.stage in BEFORE_ACTIVE:
        for deployment in project.deployments.filter(state__in=ON_THE_TEAM):
            deployment.state = DeploymentState.ENDED
            deployment.save()
